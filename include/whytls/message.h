/*
 * message.h - marks a text for a person, so that xgettext finds it. Uses nothing.
 * SPDX-License-Identifier: MIT
 */
#ifndef WHYTLS_MESSAGE_H
#define WHYTLS_MESSAGE_H

#define N_(text) text

#endif
