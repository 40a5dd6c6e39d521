/*
 * page_welcome.c - the first page: what to check, or the practice lab. Pure.
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "../list_mode.h"
#include "../widgets/widgets.h"
#include "pages.h"
#include "page_welcome.h"
#include "whytls/advice.h"
#include "whytls/message.h"
#include "whytls/text.h"

static const char question[] = N_("What would you like to do?");

enum { ITEM_CHECK, ITEM_CASES, ITEM_LAB, ITEM_FIELD, ITEM_COUNT };

static const struct {
    const char *name, *words;
} choices[] = {
    /* TRANSLATORS: what to do; beside it, when. Both in 76 columns are seen whole. */
    [ITEM_CHECK] = {N_("Check a site or server"), N_("its address, or an error message")},
    [ITEM_CASES] = {N_("Open a saved case"), N_("works with no network")},
    [ITEM_LAB] = {N_("Practice lab"), N_("safe, pretend problems on this computer")},
};

static void say_examples(char *out, size_t out_size)
{
    snprintf(out, out_size, message("Examples:  %s"),
             "shop.example   mail.example:993   https://shop.example/a");
}

int welcome_marked(const struct model *m)
{
    const char *text = m->fields[FIELD_ADDRESS].text;
    size_t n = strlen(text);
    text_trim(&text, &n);
    bool is_choice = n == 1 && text[0] >= '1' && text[0] <= '1' + ITEM_LAB;
    return is_choice ? text[0] - '1' : -1;
}

static int count_items(const struct model *m)
{
    (void)m;
    return ITEM_COUNT;
}

static int choose_focus(const struct model *m)
{
    (void)m;
    return ITEM_FIELD;
}

enum { CHOICE_X = 4, CHOICE_NAME_X = 7, WORDS_GAP = 4 };

/* Behind the longest name. */
static int words_x(const struct canvas *c)
{
    int widest = 0;
    for (int i = ITEM_CHECK; i <= ITEM_LAB; i++) {
        int width = canvas_columns(c, message(choices[i].name));
        widest = width > widest ? width : widest;
    }
    return CHOICE_NAME_X + widest + WORDS_GAP;
}

static void draw_choices(const struct model *m, const struct canvas *c, int y)
{
    int focus = page_focus(m), marked = focus == ITEM_FIELD ? welcome_marked(m) : -1;
    int x = words_x(c);
    for (int i = ITEM_CHECK; i <= ITEM_LAB; i++, y++) {
        bool is_here = focus == i || marked == i;
        enum role role = is_here ? ROLE_FOCUS : ROLE_TEXT;
        if (is_here)
            canvas_put(c, 2, y, ROLE_FOCUS, m->glyphs->pointer);
        if (focus == i)
            canvas_cursor(c, 2, y);
        const char *words = message(choices[i].words);
        int end = CHOICE_X +
                  canvas_putf(c, CHOICE_X, y, role, "%d  %s", i + 1, message(choices[i].name)),
            at = canvas_fit(c, x, end + 2, words);
        canvas_put_within(c, at, y, c->width - at - 1, ROLE_TEXT, words);
    }
}

enum { FIELD_NAME_X = 2, FIELD_MAX = 74 };

static int field_x(const struct canvas *c)
{
    return FIELD_NAME_X + canvas_columns(c, message("Address")) + 2;
}

/* Under the field, or further to the left where they would not have room. */
static void draw_examples(const struct canvas *c, int y)
{
    char text[PAGE_SENTENCE];
    say_examples(text, sizeof(text));
    canvas_put(c, canvas_fit(c, field_x(c), 0, text), y, ROLE_MUTED, text);
}

static void draw_field(const struct model *m, const struct canvas *c, int y)
{
    bool is_here = page_focus(m) == ITEM_FIELD;
    int x = field_x(c), room = c->width - x - 3, width = room > FIELD_MAX ? FIELD_MAX : room;
    if (is_here)
        canvas_put(c, 0, y, ROLE_FOCUS, m->glyphs->pointer);
    canvas_put(c, 2, y, is_here ? ROLE_FOCUS : ROLE_TEXT, message("Address"));
    struct canvas place = canvas_part(c, x, y, width, 1);
    field_draw(&m->fields[FIELD_ADDRESS], &place,
               m->message_is_error && !m->forms.address.is_ok && !m->forms.message.is_known
                   ? ROLE_FIELD_ERROR
                   : ROLE_FIELD,
               is_here);
}

static enum field_id field(const struct model *m)
{
    return page_focus(m) == ITEM_FIELD ? FIELD_ADDRESS : FIELD_NONE;
}

/* ---- this computer, at a computer_summary ---------------------------------------------------- */

enum { COMPUTER_ROWS = 4, FACT_X = 12, FACT_GAP = 2 };

/* TRANSLATORS: names of what is said of this computer, in one column. */
enum { FACT_NETWORK, FACT_CLOCK, FACT_TRUST };
static const char *const facts[] = {
    [FACT_NETWORK] = N_("Network"), [FACT_CLOCK] = N_("Clock"), [FACT_TRUST] = N_("Trust store")};

static int fact_words_x(const struct canvas *c)
{
    int widest = 0;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        int width = canvas_columns(c, message(facts[i]));
        widest = width > widest ? width : widest;
    }
    return FACT_X + widest + FACT_GAP;
}

static void draw_fact(const struct canvas *c, int y, enum mark mark, const char *name,
                      const char *words)
{
    mark_draw(c, 4, y, mark);
    int end = FACT_X + canvas_put(c, FACT_X, y, ROLE_TEXT, name);
    int x = canvas_fit(c, fact_words_x(c), end + FACT_GAP, words);
    canvas_put_within(c, x, y, c->width - x - 1, ROLE_TEXT, words);
}

static void draw_network(const struct computer_summary *g, const struct canvas *c, int y)
{
    if (g->network == TRISTATE_YES)
        draw_fact(c, y, MARK_OK, message(facts[FACT_NETWORK]),
                  message("this computer has an IP address"));
    else if (g->network == TRISTATE_NO)
        draw_fact(c, y, MARK_WARN, message(facts[FACT_NETWORK]),
                  message("none.  Check the cable, the Wi-Fi, airplane mode"));
    else
        draw_fact(c, y, MARK_UNKNOWN, message(facts[FACT_NETWORK]), message("not known"));
}

static void draw_trust(const struct computer_summary *g, const struct canvas *c, int y)
{
    char words[128];
    snprintf(words, sizeof(words),
             message_plural("%zu certificate authority", "%zu certificate authorities",
                            g->n_authorities),
             g->n_authorities);
    if (!g->is_known)
        draw_fact(c, y, MARK_UNKNOWN, message(facts[FACT_TRUST]), message("not known"));
    else if (g->n_authorities > 0)
        draw_fact(c, y, MARK_OK, message(facts[FACT_TRUST]), words);
    else
        draw_fact(c, y, MARK_WARN, message(facts[FACT_TRUST]), message("none was found"));
}

static void draw_computer(const struct model *m, const struct canvas *c, int y)
{
    char date[96], words[192];
    canvas_put(c, 2, y, ROLE_HEADING, message("This computer now"));
    page_say_time(m->clock, m->east_s, date, sizeof(date));
    snprintf(words, sizeof(words), message("says %s, not checked"), date);
    draw_network(&m->computer_summary, c, y + 1);
    draw_fact(c, y + 2, MARK_INFO, message(facts[FACT_CLOCK]),
              m->clock ? words : message("not known"));
    draw_trust(&m->computer_summary, c, y + 3);
}

static const char *const promises[] = {
    N_("whytls only looks.  It changes no settings and turns no safety off."),
    N_("It contacts that site and the servers in its certificate.  Nobody else.")};

enum { PROMISE_ROWS = 4 }; /* where they take two rows each */

static void draw_promises(const struct canvas *c, int y)
{
    for (size_t i = 0; i < sizeof(promises) / sizeof(promises[0]); i++)
        y += canvas_wrap(c, 2, y, c->width - 3, c->height - y, ROLE_TEXT, message(promises[i]));
}

/* Where there is little room: no blank rows, the question above the rule, the promises last. */
static void draw_short(const struct model *m, const struct canvas *c)
{
    canvas_put(c, 2, 0, ROLE_HEADING, message(question));
    draw_choices(m, c, 2);
    draw_field(m, c, 5);
    draw_examples(c, 6);
    draw_computer(m, c, 7);
    draw_promises(c, 7 + COMPUTER_ROWS);
}

static void draw(const struct model *m, const struct canvas *c)
{
    if (m->height < MODEL_MIN_HEIGHT) {
        draw_short(m, c);
        return;
    }
    canvas_put(c, 2, 2, ROLE_HEADING, message(question));
    draw_choices(m, c, 4);
    draw_field(m, c, 8);
    draw_examples(c, 9);
    draw_computer(m, c, 11);
    draw_promises(c, 12 + COMPUTER_ROWS);
}

/* ---- as lines ----------------------------------------------------------------------------- */

static void draw_rest(const struct model *m, const struct canvas *c)
{
    draw_computer(m, c, 0);
    draw_promises(c, 1 + COMPUTER_ROWS);
}

static void list(const struct model *m, struct buf *out)
{
    const char *address = m->fields[FIELD_ADDRESS].text;
    char examples[PAGE_SENTENCE];
    say_examples(examples, sizeof(examples));
    buf_printf(out, "%s\n", message(question));
    buf_printf(out, "%s:  %s\n%s\n\n", message("Address"),
               address[0] ? address : message("none yet"), examples);
    list_rows(m, COMPUTER_ROWS + 1 + PROMISE_ROWS, draw_rest, out);
}

static void item(const struct model *m, int i, char *out, size_t out_size)
{
    (void)m;
    snprintf(out, out_size, "%s",
             i == ITEM_FIELD ? message("type an address") : message(choices[i].name));
}

/* ---- keys --------------------------------------------------------------------------------- */

static struct action choose(int item)
{
    switch (item) {
    case ITEM_CHECK:
        return action_of(ACTION_FOCUS, ITEM_FIELD);
    case ITEM_CASES:
        return action_of(ACTION_GO, PAGE_CASES);
    case ITEM_LAB:
        return action_of(ACTION_GO, PAGE_LAB);
    default:
        return action_of(ACTION_CHECK, 0);
    }
}

static struct action enter(const struct model *m)
{
    int focus = page_focus(m), marked = welcome_marked(m);
    if (focus == ITEM_FIELD && marked == ITEM_CHECK) /* one is there: the digit is in the way */
        return (struct action){.kind = ACTION_LINE_CLEAR, .say = N_("Type the address now.")};
    return choose(focus == ITEM_FIELD && marked >= 0 ? marked : focus);
}

static struct action key(const struct model *m, unsigned k)
{
    int focus = page_focus(m);
    bool is_typing = focus == ITEM_FIELD;
    if (k == UI_KEY_ENTER)
        return enter(m);
    if (k == UI_KEY_TAB || k == UI_KEY_DOWN)
        return action_of(ACTION_FOCUS, (focus + 1) % ITEM_COUNT);
    if (k == UI_KEY_BACKTAB || k == UI_KEY_UP)
        return action_of(ACTION_FOCUS, (focus + ITEM_COUNT - 1) % ITEM_COUNT);
    if (k == UI_KEY_ESC && is_typing) /* out of the field, so that q is a key again */
        return (struct action){
            .kind = ACTION_FOCUS, .value = ITEM_CHECK, .say = N_("Press q to quit.")};
    if (k == UI_KEY_ESC || (k == '<' && !is_typing))
        return action_of(ACTION_BACK, 0);
    if (k >= '1' && k <= '1' + ITEM_LAB && !is_typing)
        return choose((int)(k - '1'));
    return action_of(ACTION_NONE, 0);
}

static void say_status(const struct model *m, char *out, size_t out_size)
{
    int focus = page_focus(m);
    int marked = welcome_marked(m);
    bool is_wrong =
        m->fields[FIELD_ADDRESS].text[0] && !m->forms.address.is_ok && !m->forms.address.code[0];
    if (focus == ITEM_FIELD && marked >= 0)
        snprintf(out, out_size, message("%d is for: %s"), marked + 1,
                 message(choices[marked].name));
    else if (focus == ITEM_FIELD && m->forms.message.is_known)
        snprintf(out, out_size, "%s", message("This is a message that we know."));
    else if (focus == ITEM_FIELD && is_wrong && m->forms.address.error[0])
        snprintf(out, out_size, "%s.", m->forms.address.error);
    else if (focus == ITEM_FIELD)
        snprintf(out, out_size, "%s", message("Typing in: Address"));
    else
        snprintf(out, out_size, message("On choice %d: %s"), focus + 1,
                 message(choices[focus].name));
}

static bool is_idle(const struct model *m)
{
    bool is_choice = page_focus(m) != ITEM_FIELD || welcome_marked(m) >= 0;
    return !is_choice && !m->forms.address.code[0] && !m->forms.address.is_ok;
}

static void say_enter(const struct model *m, char *out, size_t out_size)
{
    static const char *const words[] = {
        [ITEM_CHECK] = N_("type an address"),
        [ITEM_CASES] = N_("see the saved cases"),
        [ITEM_LAB] = N_("see what there is to practise on"),
    };
    int focus = page_focus(m), marked = welcome_marked(m);
    int choice = focus == ITEM_FIELD ? marked : focus;
    if (choice >= 0)
        snprintf(out, out_size, "%s", message(words[choice]));
    else if (m->forms.address.code[0])
        snprintf(out, out_size, message("open the saved case %s"), m->forms.address.code);
    else if (m->forms.message.is_known)
        snprintf(out, out_size, "%s", message("see what this message means"));
    else if (m->forms.address.is_ok)
        snprintf(out, out_size, message("check %s on port %u"), m->forms.address.target.host,
                 m->forms.address.target.port);
    else if (m->fields[FIELD_ADDRESS].text[0])
        snprintf(out, out_size, "%s", message("nothing yet: this is no address"));
    else
        snprintf(out, out_size, "%s", message("nothing yet: type the address of a site first"));
}

const struct page_ops page_welcome = {
    .name = "welcome",
    .title = question,
    .help =
        N_("Type the address of the site or server that does not work. A whole web address does, "
           "or a name, or a name with a port. An error message that a program showed does, too. "
           "Then press Enter."),
    .is_menu = true,
    .draw = draw,
    .key = key,
    .status = say_status,
    .enter = say_enter,
    .is_idle = is_idle,
    .list = list,
    .item = item,
    .field = field,
    .items = count_items,
    .focus = choose_focus,
};
