#!/bin/sh
# The wizard as a list of lines in a real terminal: from the welcome page to an answer by numbered
# choices, a question answered, the way there from a window that is too small, and what does not
# ask: a pipe, and check.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh
has tmux || skip_all 'there is no tmux here'
. tests/screens/tmux.sh

prompt='Answer \[[^]]+\]:'

# say LINE: typed after the prompt, on a cleared screen, so that what is seen then is the reply.
say() {
    tm send-keys -R
    tm clear-history
    tm send-keys -l "$1"
    tm send-keys Enter
}

until_prompt() {
    until_true in_reply "$prompt *\$"
}

# shown PATTERN: the number or letter of the choice whose words match.
shown() {
    whole | sed -nE "s/^ +([0-9]+|[^ ])  (.* )?$1.*/\\1/p" | tail -n 1
}

# choose PATTERN: types it; where it is not among the likeliest, all are asked for first.
choose() {
    until_prompt || return 1
    label=$(shown "$1")
    if [ -z "$label" ]; then
        say 0
        until_prompt || return 1
        label=$(shown "$1")
    fi
    [ -n "$label" ] || {
        whole
        return 1
    }
    say "$label"
}

# ---- from the welcome page, by numbers --------------------------------------------------------

terminal
run "$WHYTLS --plain"
reply 'the welcome page' 'What would you like to do\?'
check 'an address can be typed' choose 'type an address'
reply 'it is asked for' 'type an address: *$'
say 'shop.example:8443'
reply 'what was typed is understood' 'check shop.example on port 8443'
check 'the practice lab is a choice' choose 'Practice lab'
reply 'the lab' 'Pretend problems'
check 'a scenario is a choice' choose 'refused: '
reply 'the first step' 'Step 1 of 9\.  Can we reach the site\?  FAILED'
check 'the tree is a choice' choose 'Tree: '
reply 'the tree' 'THE PATH WE TOOK'
check 'step 8 is a choice there' choose 'show step 8'
reply 'the same question as on the screen' 'Please tell us:  Does it open on your phone'
check 'yes is a choice' choose 'answer: Yes'
reply 'only what is new is said' 'yes, a phone can'
check 'Enter leads to the answer' choose 'see the answer'
reply 'the answer' 'W-803'
reply 'the answer in the words of check' '^Who can fix it'
check 'details are a choice' choose 'Details: '
reply 'the details' 'Details, part 1 of 6:  Handshake'
check 'back is a choice' choose 'Back: '
reply 'the answer again' '^What is fine'
say 'no such thing'
reply 'what is no choice is said' 'Please type a letter, or a number from 1 to'
until_prompt
say '?'
reply 'a key does as well' 'Type the number of a choice'
until_prompt
say q
reply 'q leaves, with the exit code of check' '^exit=1$'

# ---- leaving ----------------------------------------------------------------------------------

terminal
run "$WHYTLS lab --plain expired"
check 'the list comes up' until_prompt
tm send-keys C-z
reply 'Ctrl-Z' 'Stopped|suspended'
say 'fg; echo exit=$?'
reply 'fg goes on, and asks again' "$prompt"
tm send-keys C-c
reply 'Ctrl-C leaves' '^exit=130$'
run "$WHYTLS lab --plain expired"
check 'the list comes up again' until_prompt
tm send-keys C-d
reply 'the end of input leaves' '^exit=1$'

# ---- from a small window ----------------------------------------------------------------------

terminal 58x19
run "$WHYTLS lab expired"
sees 'the window is too small' 'needs 80 x 24'
keys l
reply 'l goes on as a list' 'Step 1 of 9'
check 'the other screen was left' until_true tmux_value alternate_on 0
check 'Enter goes on' choose 'go to step 2'
reply 'the next step' 'Step 2 of 9'
until_prompt
say q
reply 'leaving is no failure there' '^exit=0$'

# ---- where nobody can be asked ----------------------------------------------------------------

terminal
run "$WHYTLS lab --plain expired </dev/null"
reply 'not asked where the input is no terminal' '^exit=1$'
check 'no question was put' sh -c '! grep -q "Answer \["' <<END
$(whole)
END
run "$WHYTLS lab --plain expired | cat"
reply 'not asked where the output is no terminal' '^What is fine'

finish
