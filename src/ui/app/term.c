/*
 * term.c - the only file that knows curses: opens the terminal, paints grids, reads keys, and gives
 * the terminal back however the program ends. Traps measured on ncurses 6.4: initscr() exits the
 * process on an unknown TERM; a crash leaves the alternate screen on. Parses nothing from outside.
 * SPDX-License-Identifier: MIT
 */
#include "term.h"

#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "../input.h"
#include "app_restore.h"
#include "whytls/base64.h"

/* After our own headers: <term.h> makes macros of words such as `tab` and `columns`. */
#include <curses.h>
#include <term.h>

enum { COPY_MAX = 48 * 1024 };
enum { ESCAPE_WAIT_MS = 100 };
/* Numbers of our own above curses' KEY_MAX, for define_key. */
enum { CODE_PASTE_BEGIN = KEY_MAX + 1, CODE_PASTE_END = KEY_MAX + 2, CODE_MOUSE = KEY_MAX + 3 };

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
/* xterm's control sequences: buttons, in the SGR form, which has no limit of columns. */
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";

struct display {
    SCREEN *screen;
    struct grid *last; /* what is on the screen; NULL: unknown */
    struct termios before;
    struct input input;
    bool has_mouse;
    int poll_fd;
    attr_t attributes[ROLE_COUNT];
};

/* ---- can it be had? ----------------------------------------------------------------------- */

const char *term_why_not(void)
{
    const char *name = getenv("TERM");
    int error = 0;
    if (!isatty(STDIN_FILENO))
        return "the input is not a terminal";
    if (!isatty(STDOUT_FILENO))
        return "the output is not a terminal";
    if (!name || !name[0])
        return "the kind of this terminal is not set (TERM)";
    if (setupterm(name, STDOUT_FILENO, &error) != OK)
        return "the kind of this terminal is not known here (TERM)";
    const char *cup = tigetstr("cup");
    bool can_move = cup && cup != (char *)-1;
    del_curterm(cur_term);
    return can_move ? NULL : "this terminal cannot move its cursor (TERM)";
}

bool term_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* ---- opening and closing ------------------------------------------------------------------ */

/* Truecolor only where terminfo is of a -direct terminal: others say they have it and do not. */
static enum colour_depth depth_of(void)
{
    enum { RGB_COLOURS = 1 << 24 };
    if (COLORS >= RGB_COLOURS)
        return DEPTH_DIRECT;
    return COLORS >= 256 ? DEPTH_256 : COLORS >= 16 ? DEPTH_16 : COLORS >= 8 ? DEPTH_8 : DEPTH_MONO;
}

/* One pair a role: terminals of 8 colours have only 64. The palette itself is never changed. */
static attr_t pair_of(int pair, struct look look, bool has_default)
{
    bool is_plain = look.fg == COLOUR_DEFAULT && look.bg == COLOUR_DEFAULT;
    if (!has_default && look.fg == COLOUR_DEFAULT)
        look.fg = COLOR_WHITE;
    if (!has_default && look.bg == COLOUR_DEFAULT)
        look.bg = COLOR_BLACK;
    if (is_plain || pair >= COLOR_PAIRS || init_extended_pair(pair, look.fg, look.bg) != OK)
        return 0;
    return (attr_t)COLOR_PAIR(pair);
}

static void make_attributes(struct display *t, const struct theme *theme)
{
    bool has_colour = !theme_is_plain(theme) && has_colors() && start_color() == OK;
    bool has_default = has_colour && use_default_colors() == OK;
    enum colour_depth depth = has_colour ? depth_of() : DEPTH_MONO;
    for (int i = 0; i < ROLE_COUNT; i++) {
        struct look look = theme_look(theme, (enum role)i, depth);
        t->attributes[i] = (look.attributes & STYLE_BOLD ? A_BOLD : 0) |
                           (look.attributes & STYLE_UNDERLINE ? A_UNDERLINE : 0) |
                           (look.attributes & STYLE_REVERSE ? A_REVERSE : 0);
        if (has_colour)
            t->attributes[i] |= pair_of(i + 1, look, has_default);
    }
    bkgdset((chtype)(' ' | (t->attributes[ROLE_TEXT] & A_COLOR)));
}

void term_set_theme(struct display *t, const struct theme *theme)
{
    make_attributes(t, theme);
    term_redraw(t);
}

static void send(const char *s)
{
    putp(s);
    fflush(stdout);
}

/* What comes beside terminfo's own keys: $TERM often names another terminal than the one that is
 * there. The forms of ECMA-48, of the VT220 and of xterm, which no other key of ours has. */
static const struct {
    const char *sequence;
    int code;
} sequences[] = {
    {"\033[200~", CODE_PASTE_BEGIN},
    {"\033[201~", CODE_PASTE_END},
    {"\033[<", CODE_MOUSE},
    {"\033[A", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033[H", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033OA", KEY_UP},
    {"\033OB", KEY_DOWN},
    {"\033OC", KEY_RIGHT},
    {"\033OD", KEY_LEFT},
    {"\033OH", KEY_HOME},
    {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME},
    {"\033[3~", KEY_DC},
    {"\033[4~", KEY_END},
    {"\033[5~", KEY_PPAGE},
    {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},
    {"\033OP", KEY_F(1)},
    {"\033OQ", KEY_F(2)},
    {"\033OR", KEY_F(3)},
    {"\033OS", KEY_F(4)},
};

static void define_keys(void)
{
    static const int f_keys[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21}; /* of the VT220 */
    char sequence[16];
    for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++)
        define_key(sequences[i].sequence, sequences[i].code);
    for (int i = 0; i < (int)(sizeof(f_keys) / sizeof(f_keys[0])); i++) {
        snprintf(sequence, sizeof(sequence), "\033[%d~", f_keys[i]);
        define_key(sequence, KEY_F(i + 1));
    }
}

static void set_modes(void)
{
    cbreak();
    noecho();
    nonl(); /* so that Enter is CR and Ctrl-J stays itself */
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    curs_set(1);
    define_keys();
    send(paste_on);
}

bool term_set_mouse(struct display *t, bool is_on)
{
    const char *capability = tigetstr("kmous");
    bool can = capability && capability != (char *)-1;
    t->has_mouse = is_on && can;
    if (can)
        send(t->has_mouse ? mouse_on : mouse_off);
    return t->has_mouse == is_on;
}

/* Ctrl-S and Ctrl-Q are keys, not brakes: before cbreak, which takes over what is set. */
static void clear_flow_control(const struct termios *before)
{
    struct termios now = *before;
    now.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

/*
 * Watching a descriptor on the loop makes it non-blocking, and that flag belongs to the open file:
 * the shell's too. So the same terminal is opened once more, to be watched only.
 */
int term_open_to_watch(void)
{
    const char *name = ttyname(STDIN_FILENO);
    int fd = name ? open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC) : -1;
    return fd >= 0 ? fd : dup(STDIN_FILENO);
}

static void arm_restore(const struct termios *before)
{
    static const char *const capabilities[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
    restore_begin(before);
    restore_append(mouse_off);
    restore_append(paste_off);
    for (size_t i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++) {
        const char *sequence = tigetstr(capabilities[i]);
        restore_append(sequence && sequence != (char *)-1 ? sequence : "");
    }
    restore_arm();
}

struct display *term_open(const struct theme *theme)
{
    struct display *t = calloc(1, sizeof(*t));
    if (!t || tcgetattr(STDIN_FILENO, &t->before) != 0) {
        free(t);
        return NULL;
    }
    t->poll_fd = term_open_to_watch();
    clear_flow_control(&t->before);
    restore_catch_signals();
    if (!getenv("ESCDELAY"))
        set_escdelay(ESCAPE_WAIT_MS);
    t->screen = newterm(NULL, stdout, stdin);
    if (!t->screen) {
        tcsetattr(STDIN_FILENO, TCSANOW, &t->before);
        restore_release_signals();
        close(t->poll_fd);
        free(t);
        return NULL;
    }
    set_term(t->screen);
    arm_restore(&t->before);
    set_modes();
    make_attributes(t, theme);
    return t;
}

void term_close(struct display *t)
{
    if (!t)
        return;
    term_set_mouse(t, false);
    send(paste_off);
    endwin();
    restore_disarm();
    restore_release_signals();
    tcsetattr(STDIN_FILENO, TCSANOW, &t->before);
    grid_free(t->last);
    delscreen(t->screen);
    close(t->poll_fd);
    free(t);
}

int term_poll_fd(const struct display *t)
{
    return t->poll_fd;
}

bool term_is_gone(const struct display *t)
{
    (void)t;
    int waiting = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0;
}

/* Where it goes on, SIGCONT is heard by the loop, which calls term_resume. */
void term_suspend(struct display *t)
{
    if (t->has_mouse)
        send(mouse_off);
    send(paste_off);
    endwin();
    tcsetattr(STDIN_FILENO, TCSANOW, &t->before);
    raise(SIGSTOP);
}

void term_resume(struct display *t)
{
    clear_flow_control(&t->before);
    reset_prog_mode();
    set_modes();
    if (t->has_mouse)
        send(mouse_on);
}

/* ---- size and painting -------------------------------------------------------------------- */

void term_size(const struct display *t, int *width, int *height)
{
    (void)t;
    *width = COLS;
    *height = LINES;
}

void term_redraw(struct display *t)
{
    grid_free(t->last);
    t->last = NULL;
    clearok(curscr, TRUE);
    erase();
}

void term_resize(struct display *t)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resizeterm(size.ws_row, size.ws_col);
    term_redraw(t);
}

static void paint_cell(const struct display *t, int x, int y, const struct cell *cell)
{
    wchar_t text[CELL_MARKS + 2] = {0};
    cchar_t shown;
    attr_t attributes = t->attributes[cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT];
    for (int i = 0; i <= CELL_MARKS && cell->ch[i]; i++)
        text[i] = (wchar_t)cell->ch[i];
    if (setcchar(&shown, text, attributes & ~(attr_t)A_COLOR, (short)PAIR_NUMBER(attributes),
                 NULL) == OK)
        mvadd_wch(y, x, &shown);
}

static bool has_changed(const struct display *t, const struct grid *g, int x, int y)
{
    const struct cell *now = grid_cell(g, x, y), *before = grid_cell(t->last, x, y);
    return memcmp(now->ch, before->ch, sizeof(now->ch)) != 0 || now->width != before->width ||
           now->role != before->role;
}

static void paint_row(const struct display *t, const struct grid *g, int y)
{
    for (int x = 0; x < g->width && x < COLS; x++) {
        const struct cell *cell = grid_cell(g, x, y);
        if (cell->width > 0 && (!t->last || has_changed(t, g, x, y)))
            paint_cell(t, x, y, cell);
    }
}

static void keep(struct display *t, const struct grid *g)
{
    if (!t->last)
        t->last = grid_new(g->width, g->height, g->ascii);
    if (t->last)
        memcpy(t->last->cells, g->cells, (size_t)g->width * (size_t)g->height * sizeof(*g->cells));
}

void term_paint(struct display *t, const struct grid *g)
{
    if (t->last && (t->last->width != g->width || t->last->height != g->height))
        term_redraw(t);
    for (int y = 0; y < g->height && y < LINES; y++)
        paint_row(t, g, y);
    if (g->cursor_x >= 0 && g->cursor_y >= 0)
        move(g->cursor_y, g->cursor_x);
    refresh();
    keep(t, g);
}

/* ---- the clipboard ------------------------------------------------------------------------ */

/* xterm's "Ms": OSC 52, with the selection and the text in base64. Terminals cap what they take. */
bool term_copy(struct display *t, const char *text)
{
    (void)t;
    const char *capability = tigetstr("Ms");
    size_t n = strlen(text);
    if (!capability || capability == (char *)-1 || n > COPY_MAX)
        return false;
    char *coded = base64_encode((const uint8_t *)text, n);
    if (coded) {
        const char *sequence = tiparm(capability, "c", coded);
        if (sequence)
            send(sequence);
        free(coded);
    }
    return coded != NULL;
}

/* ---- keys --------------------------------------------------------------------------------- */

static const struct {
    int code;
    unsigned key;
} codes[] = {
    {KEY_ENTER, UI_KEY_ENTER},
    {KEY_BACKSPACE, UI_KEY_BACKSPACE},
    {KEY_DC, UI_KEY_DELETE},
    {KEY_UP, UI_KEY_UP},
    {KEY_DOWN, UI_KEY_DOWN},
    {KEY_LEFT, UI_KEY_LEFT},
    {KEY_RIGHT, UI_KEY_RIGHT},
    {KEY_PPAGE, UI_KEY_PAGE_UP},
    {KEY_NPAGE, UI_KEY_PAGE_DOWN},
    {KEY_HOME, UI_KEY_HOME},
    {KEY_END, UI_KEY_END},
    {KEY_BTAB, UI_KEY_BACKTAB},
    {CODE_PASTE_BEGIN, UI_KEY_PASTE_BEGIN},
    {CODE_PASTE_END, UI_KEY_PASTE_END},
};

static unsigned special_key(int code)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i].code == code)
            return codes[i].key;
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return UI_KEY_F0 + (unsigned)(code - KEY_F0);
    return INPUT_UNKNOWN;
}

/* Bytes, not get_wch: that lets a byte that is no UTF-8 swallow the keys after it. */
static bool next_piece(void *ctx, unsigned *piece)
{
    int c = getch();
    (void)ctx;
    if (c == ERR)
        return false;
    *piece = c == CODE_MOUSE ? INPUT_MOUSE : c >= KEY_MIN ? special_key(c) : (unsigned char)c;
    return true;
}

unsigned term_read(struct display *t)
{
    t->input.next = next_piece;
    return input_read(&t->input);
}
