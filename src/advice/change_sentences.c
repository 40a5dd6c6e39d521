/*
 * change_sentences.c - what an experiment changed, in words: one change as a whole sentence of its
 * own, several as a list. Uses evidence and libc. SPDX-License-Identifier: MIT
 */
#include "change_sentences.h"

#include <stdio.h>

#include "lists.h"
#include "whytls/advice.h"
#include "whytls/chain.h"
#include "whytls/message.h"
#include "whytls/settings.h"
#include "whytls/text.h"

static const char *const sentences[CHANGE_COUNT] = {
    [CHANGE_VERSIONS] =
        N_("Then we changed only the TLS versions we offer: older and newer ones too."),
    [CHANGE_OLD_ONLY] = N_("Then we changed only the TLS versions we offer: only the old ones."),
    [CHANGE_NOT_NEWEST] = N_("Then we changed only the TLS versions we offer: not the newest."),
    [CHANGE_SUITES] = N_("Then we changed only the cipher suites we offer: all that exist."),
    [CHANGE_GROUPS] = N_("Then we changed only the key exchange groups we offer: all that exist."),
    [CHANGE_SIGNATURES] = N_("Then we changed only the signature types we accept: all that exist."),
    [CHANGE_DH] = N_("Then we changed only the smallest Diffie-Hellman size we accept."),
    [CHANGE_POLICY] = N_("Then we changed only this computer's TLS policy: left out."),
    [CHANGE_NO_NAME] = N_("Then we changed only the server name (SNI) we send: none."),
    [CHANGE_TARGET_NAME] =
        N_("Then we changed only the server name (SNI) we send: the site's own."),
    [CHANGE_WWW_NAME] =
        N_("Then we changed only the server name (SNI) we send: with or without www."),
    [CHANGE_SERVED_NAME] =
        N_("Then we changed only the server name (SNI) we send: one that the certificate has."),
    [CHANGE_ADDRESS] = N_("Then we changed only the IP address that we connect to."),
    [CHANGE_NEWER_CLIENT] = N_("Then we changed only the program that we imitate: a current one."),
    [CHANGE_OLDER_CLIENT] = N_("Then we changed only the program that we imitate: an older one."),
    [CHANGE_OTHER_CLIENT] = N_("Then we changed only the program that we imitate: another one."),
    [CHANGE_CLIENT_CERTIFICATE] =
        N_("Then we changed only the client certificate that we show: a made-up one."),
    [CHANGE_PLAIN] = N_("Then we changed only the protocol: plain HTTP, with no TLS."),
    [CHANGE_WAIT_FOR_BANNER] = N_("Then we changed only who speaks first: we wait for the server."),
    [CHANGE_SAME_LENGTH] = N_("Then we changed only the length of our first message: shorter."),
    [CHANGE_ONLY_LENGTH] = N_("Then we changed only the length of our first message: longer."),
    [CHANGE_SEND_NOTHING] = N_("Then we changed only what we send after the handshake: nothing."),
    [CHANGE_NO_CLIENT_CERTIFICATE] =
        N_("Then we changed only the client certificate that we show: none."),
    [CHANGE_POST_HANDSHAKE_AUTH] =
        N_("Then we changed only what we offer: a client certificate later, when asked."),
    [CHANGE_AGAIN] = N_("Then we tried once more, with nothing changed."),
    [CHANGE_REPEAT] = N_("Then we tried once more, with nothing changed."),
};

enum { ONCE_MORE = CHANGE_BIT(AGAIN) | CHANGE_BIT(REPEAT) };

/* That something was done once more is said only where nothing else was changed. */
static unsigned told(unsigned changes)
{
    if (changes & ~(unsigned)ONCE_MORE)
        return changes & ~(unsigned)ONCE_MORE;
    return changes == ONCE_MORE ? CHANGE_BIT(REPEAT) : changes;
}

static const char *glue(unsigned bits, size_t i)
{
    bool is_last = !(bits >> i >> 1);
    /* TRANSLATORS: a list and its last thing; then a list and one that is not the last */
    return is_last ? N_("%s, and %s") : N_("%s, %s");
}

void advice_changes(unsigned changes, char *out, size_t out_size)
{
    unsigned bits = told(changes);
    out[0] = '\0';
    for (size_t i = 0; i < CHANGE_COUNT; i++)
        if (bits & (1u << i))
            list_add(out, out_size, glue(bits, i), message(change_words((enum change)i)));
}

void chain_changes_list(unsigned changes, char *out, size_t out_size)
{
    out[0] = '\0';
    for (size_t i = 0; i < CHAIN_CHANGE_COUNT; i++)
        if (changes & (1u << i))
            list_add(out, out_size, glue(changes, i),
                     message(chain_change_words((enum chain_change)i)));
}

void changes_sentence(unsigned changes, char *out, size_t out_size)
{
    char list[ADVICE_LINE / 2];
    unsigned bits = told(changes);
    for (size_t i = 0; i < CHANGE_COUNT; i++)
        if (bits == 1u << i) {
            text_copy_cut(out, out_size, message(sentences[i]));
            return;
        }
    advice_changes(changes, list, sizeof(list));
    /* TRANSLATORS: a list of things, such as "the protocol: plain HTTP"; a colon may stand first */
    text_printf(out, out_size, message("Then we changed only %s."), list);
}
