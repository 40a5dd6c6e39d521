/*
 * page_save.c - what to save and what to hide in it: ticks, a folder and a file's name, and what
 * was written. Pure; app/app_save.c writes.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../widgets/widgets.h"
#include "pages.h"
#include "whytls/message.h"
#include "whytls/text.h"

enum { TICK_X = 4, NAME_X = 8, FIELD_NAME_X = 4, NOTE_X = 8, FIELD_MAX = 74 };

static const struct {
    const char *name, *words;
} ticks[SAVE_TICKS] = {
    /* TRANSLATORS: what to save: a name, then what it is for; both in 68 columns are seen whole.
     * */
    [SAVE_TEXT] = {N_("The answer"), N_("text, to read and to send  (.txt)")},
    [SAVE_CASE] = {N_("The whole case"), N_("opens again here and elsewhere  (.json)")},
    [SAVE_HIDE_NAMES] = {N_("Site names"), NULL},
    [SAVE_HIDE_ADDRESSES] = {N_("IP addresses"), NULL},
    [SAVE_HIDE_MINE] = {N_("My names"), N_("mail addresses, folders, this computer")},
};

static int count_items(const struct model *m)
{
    (void)m;
    return SAVE_ITEM_COUNT;
}

static enum field_id field(const struct model *m)
{
    int focus = page_focus(m);
    return focus == SAVE_FOLDER ? FIELD_FOLDER : focus == SAVE_FILE ? FIELD_FILE : FIELD_NONE;
}

/* Where the screen hides them already, "host-1 is written as host-1" would say nothing. */
static void say_written_as(const struct model *m, const char *text, const char *as, char *out,
                           size_t out_size)
{
    if (!text[0] || !as[0])
        snprintf(out, out_size, "%s", message("there are none in this case"));
    else if (m->redaction)
        snprintf(out, out_size, message("with a tick, the first is written as  %s"), as);
    else
        snprintf(out, out_size, message("  is written as  %s"), as);
}

/* What a tick is for: a name, which may be cut where there is no room, then words. */
static const char *say_tick(const struct model *m, int i, char *words, size_t words_size)
{
    const struct resolution *r = &m->evidence->resolution;
    const char *name = i == SAVE_HIDE_NAMES ? m->evidence->target.host
                       : r->n_addresses > 0 ? r->addresses[0]
                                            : "";
    const char *as = i == SAVE_HIDE_NAMES ? m->forms.save.site_as : m->forms.save.address_as;
    if (ticks[i].words)
        snprintf(words, words_size, "%s", message(ticks[i].words));
    else
        say_written_as(m, name, as, words, words_size);
    return ticks[i].words || m->redaction || !as[0] ? "" : name;
}

/* Behind the longest name of a tick, and of a field. */
static int words_x(const struct canvas *c)
{
    int widest = 0;
    for (int i = 0; i < SAVE_TICKS; i++) {
        int width = canvas_columns(c, message(ticks[i].name));
        widest = width > widest ? width : widest;
    }
    return NAME_X + widest + 2;
}

static int field_x(const struct canvas *c)
{
    int folder = canvas_columns(c, message("Folder")), file = canvas_columns(c, message("File"));
    return FIELD_NAME_X + (folder > file ? folder : file) + 1;
}

static void draw_tick(const struct model *m, const struct canvas *c, int y, int i)
{
    char words[PAGE_SENTENCE];
    bool is_here = page_focus(m) == i;
    enum role role = list_point(m, c, LIST_POINTER_X, y, is_here);
    const char *name = say_tick(m, i, words, sizeof(words));
    canvas_put(c, TICK_X, y, role, m->forms.save.ticks[i] ? "[x]" : "[ ]");
    int end = NAME_X + canvas_put(c, NAME_X, y, role, message(ticks[i].name));
    int from = name[0] ? words_x(c) : canvas_fit(c, words_x(c), end + 2, words);
    int room = c->width - from - 1, width = canvas_columns(c, words);
    int x = room > width ? canvas_put_within(c, from, y, room - width, ROLE_TEXT, name) : 0;
    canvas_put_within(c, from + x, y, room - x, ROLE_TEXT, words);
}

static void draw_field(const struct model *m, const struct canvas *c, int y, enum save_item item,
                       const char *name, int width)
{
    bool is_here = page_focus(m) == (int)item;
    enum field_id id = item == SAVE_FOLDER ? FIELD_FOLDER : FIELD_FILE;
    struct canvas place = canvas_part(c, field_x(c), y, width, 1);
    canvas_put(c, FIELD_NAME_X, y, list_point(m, c, LIST_POINTER_X, y, is_here), name);
    field_draw(&m->fields[id], &place, ROLE_FIELD, is_here);
}

static const char *endings(const struct model *m)
{
    bool text = m->forms.save.ticks[SAVE_TEXT], json = m->forms.save.ticks[SAVE_CASE];
    return text && json ? message(".txt and .json") : text ? ".txt" : json ? ".json" : "";
}

static bool loses_certificates(const struct model *m)
{
    const bool *t = m->forms.save.ticks;
    return t[SAVE_CASE] && (t[SAVE_HIDE_NAMES] || t[SAVE_HIDE_ADDRESSES]);
}

static void draw_written(const struct model *m, const struct canvas *c, int y)
{
    if (m->forms.save.n_written == 0) {
        canvas_wrap(c, 2, y, c->width - 3, c->height - y, ROLE_TEXT,
                    message("Nothing is sent anywhere.  The files stay on this computer."));
        return;
    }
    canvas_put(c, 2, y, ROLE_OK, message("Saved.  Only you can read these files:"));
    for (size_t i = 0; i < m->forms.save.n_written; i++)
        canvas_put_within(c, 4, y + 1 + (int)i, c->width - 5, ROLE_EVIDENCE,
                          m->forms.save.written[i]);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* One row for it: the folder stands above. */
static void draw_written_short(const struct model *m, const struct canvas *c, int y)
{
    int x = 2;
    if (m->forms.save.n_written == 0) {
        draw_written(m, c, y);
        return;
    }
    x += canvas_put(c, x, y, ROLE_OK, message("Saved.  Only you can read:"));
    for (size_t i = 0; i < m->forms.save.n_written; i++) {
        const char *name = file_name(m->forms.save.written[i]);
        x += 2 + canvas_put_within(c, x + 2, y, c->width - x - 3, ROLE_EVIDENCE, name);
    }
}

/* Rows of the parts; in a short window the headings stand beside the title, or not at all. */
struct places {
    int what, ticks, hide, hide_ticks, note, where, fields, written;
};
enum { NOWHERE = -1 };

static void draw(const struct model *m, const struct canvas *c)
{
    static const struct places roomy = {2, 3, 6, 7, 10, 12, 13, 16},
                               tight = {0, 2, 4, 5, 8, NOWHERE, 9, 11};
    bool is_tight = m->height < MODEL_MIN_HEIGHT;
    const struct places *at = is_tight ? &tight : &roomy;
    int from = field_x(c), room = c->width - from - 2, width = room > FIELD_MAX ? FIELD_MAX : room;
    int x = 1 + canvas_put(c, 1, 0, ROLE_TITLE, message("SAVE")) + 2;
    canvas_put(c, is_tight ? x : 2, at->what, ROLE_HEADING, message("What to save"));
    draw_tick(m, c, at->ticks, SAVE_TEXT);
    draw_tick(m, c, at->ticks + 1, SAVE_CASE);
    canvas_put(c, 2, at->hide, ROLE_HEADING, message("Hide before saving"));
    for (int i = SAVE_HIDE_NAMES; i <= SAVE_HIDE_MINE; i++)
        draw_tick(m, c, at->hide_ticks + i - SAVE_HIDE_NAMES, i);
    if (loses_certificates(m))
        canvas_wrap(c, NOTE_X, at->note, c->width - NOTE_X - 1, is_tight ? 1 : 2, ROLE_WARN,
                    message("Certificates have the names in them: the case will be without."));
    canvas_put(c, 2, at->where, ROLE_HEADING, message("Where"));
    draw_field(m, c, at->fields, SAVE_FOLDER, message("Folder"), width);
    draw_field(m, c, at->fields + 1, SAVE_FILE, message("File"), 40);
    canvas_put(c, from + 42, at->fields + 1, ROLE_TEXT, endings(m));
    (is_tight ? draw_written_short : draw_written)(m, c, at->written);
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void list(const struct model *m, struct buf *out)
{
    char words[PAGE_SENTENCE * 2];
    buf_printf(out, "%s.\n\n", message("Save"));
    for (int i = 0; i < SAVE_TICKS; i++) {
        if (i == 0 || i == SAVE_HIDE_NAMES)
            buf_printf(out, "%s%s\n", i == 0 ? "" : "\n",
                       i == 0 ? message("What to save") : message("Hide before saving"));
        const char *name = say_tick(m, i, words, sizeof(words));
        buf_printf(out, "  %s:  %s.  %s%s.\n", message(ticks[i].name),
                   m->forms.save.ticks[i] ? message("yes") : message("no"), name, words);
    }
    buf_printf(out, "\n%s:  %s\n%s:  %s  %s\n", message("Folder"), m->fields[FIELD_FOLDER].text,
               message("File"), m->fields[FIELD_FILE].text, endings(m));
    for (size_t i = 0; i < m->forms.save.n_written; i++)
        buf_printf(out, "%s:  %s\n", message("Saved"), m->forms.save.written[i]);
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    static const char *const words[2][2] = {{N_("save it too: %s"), N_("do not save: %s")},
                                            {N_("hide: %s"), N_("do not hide: %s")}};
    if (i >= SAVE_TICKS)
        snprintf(out, out_size, "%s",
                 i == SAVE_FOLDER ? message("type the folder") : message("type the file's name"));
    else
        snprintf(out, out_size, message(words[i >= SAVE_HIDE_NAMES][m->forms.save.ticks[i]]),
                 message(ticks[i].name));
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action key(const struct model *m, unsigned k)
{
    int focus = page_focus(m);
    if (k == UI_KEY_ENTER) /* an Enter too many makes no second file */
        return action_of(m->forms.save.is_written ? ACTION_BACK : ACTION_SAVE, 0);
    if (k == ' ' && focus < SAVE_TICKS)
        return action_of(ACTION_TICK, focus);
    if (k == UI_KEY_TAB || k == UI_KEY_DOWN)
        return action_of(ACTION_FOCUS, (focus + 1) % SAVE_ITEM_COUNT);
    if (k == UI_KEY_BACKTAB || k == UI_KEY_UP)
        return action_of(ACTION_FOCUS, (focus + SAVE_ITEM_COUNT - 1) % SAVE_ITEM_COUNT);
    if (k == UI_KEY_ESC)
        return action_of(ACTION_BACK, 0);
    return action_of(ACTION_NONE, 0);
}

/* What was written is no more what the page says. */
static void change(struct model *m, struct action a)
{
    if (a.kind == ACTION_TICK && a.value >= 0 && a.value < SAVE_TICKS)
        m->forms.save.ticks[a.value] = !m->forms.save.ticks[a.value];
    m->forms.save.is_written = false;
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    const bool *t = m->forms.save.ticks;
    int focus = page_focus(m);
    if (focus == SAVE_FOLDER || focus == SAVE_FILE)
        snprintf(out, out_size, message("Typing in: %s"),
                 focus == SAVE_FOLDER ? message("Folder") : message("File"));
    else
        snprintf(out, out_size, message("Ticked: %d to save, %d to hide."),
                 t[SAVE_TEXT] + t[SAVE_CASE],
                 t[SAVE_HIDE_NAMES] + t[SAVE_HIDE_ADDRESSES] + t[SAVE_HIDE_MINE]);
}

static int count_files(const struct model *m)
{
    return m->forms.save.ticks[SAVE_TEXT] + m->forms.save.ticks[SAVE_CASE];
}

static bool is_idle(const struct model *m)
{
    return !m->forms.save.is_written && count_files(m) == 0;
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    int files = count_files(m);
    if (m->forms.save.is_written)
        snprintf(out, out_size, "%s", message("back to where you were"));
    else if (files == 0)
        snprintf(out, out_size, "%s", message("nothing yet: tick what to save first"));
    else
        snprintf(out, out_size,
                 message_plural("save %d file", "save %d files", (unsigned long)files), files);
}

const struct page_ops page_save = {
    .name = "save",
    .title = N_("Save"),
    .help =
        N_("Saves the answer as text, or the whole case, so that it opens again later or on "
           "another computer. What is ticked under Hide is written as host-1, addr-1 and so on."),
    .is_menu = true,
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .is_idle = is_idle,
    .list = list,
    .item = item,
    .field = field,
    .change = change,
    .items = count_items,
};
