/*
 * app_message.c - a message of some program that is typed or pasted where an address is asked for:
 * what is no address is looked up in the table of messages. Fuzzed by fuzz_terminal.
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "../page.h"
#include "app.h"
#include "whytls/explain.h"
#include "whytls/text.h"

/* "ERR_CERT_DATE_INVALID" and "0x80090326" pass for names of hosts: such as have no dot and are a
 * code that we know are none. */
static bool is_known(const struct model *m, const struct explained *said)
{
    const char *text = m->fields[FIELD_ADDRESS].text;
    if (said->n_matches == 0)
        return false;
    bool is_code = said->matches[0].by != EXPLAINED_BY_LIKENESS &&
                   (strpbrk(text, "_-") || strncmp(text, "0x", 2) == 0);
    return !m->forms.address.is_ok || (is_code && !strchr(text, '.'));
}

void app_explain(struct app *app)
{
    struct model *m = &app->model;
    struct message_form *form = &m->forms.message;
    const char *text = m->fields[FIELD_ADDRESS].text;
    bool is_of_paste = form->pasted[0] && strcmp(form->pasted, text) == 0;
    if (!is_of_paste && (form->pasted[0] || strcmp(form->text, text) != 0)) {
        form->pasted[0] = '\0';
        text_copy_cut(form->text, sizeof(form->text), text);
        explain_text(text, strlen(text), &form->said);
    }
    form->is_known = text[0] && !m->forms.address.code[0] && is_known(m, &form->said);
}

bool app_explain_paste(struct app *app, const char *bytes, size_t n)
{
    struct model *m = &app->model;
    struct message_form *form = &m->forms.message;
    struct explained said;
    char line[FIELD_SIZE], error[160];
    struct target t;
    text_trim(&bytes, &n);
    bool is_long = n >= FIELD_SIZE || memchr(bytes, '\n', n) != NULL;
    if (page_field(m) != FIELD_ADDRESS || !is_long)
        return false;
    explain_text(bytes, n, &said);
    const char *end = memchr(bytes, '\n', n);
    text_clean_marked(line, sizeof(line), bytes, end ? (size_t)(end - bytes) : n);
    if (said.n_matches == 0 || target_parse(line, &t, error, sizeof(error)))
        return false;
    field_put(&m->fields[FIELD_ADDRESS], line);
    form->said = said;
    TEXT_SET(form->pasted, line);
    return true;
}
