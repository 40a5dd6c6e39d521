/*
 * ways.c - how an instruction is carried out on each kind of computer and phone: one table for all
 * causes. Menus are named as their systems name them (Windows 11, macOS 14, GNOME 46, iOS 17,
 * Android 14; makers of phones name some otherwise). SPDX-License-Identifier: MIT
 */
#include "whytls/advice.h"

static const struct way_words ways[WAY_COUNT] = {
    [WAY_SET_CLOCK] =
        {.id = "set-clock",
         .title = N_("How to set the clock"),
         .on = {{"Windows",
                 {N_("Settings, Time & language, Date & time."),
                  N_("Switch on \"Set time automatically\", then press \"Sync now\".")}},
                {"macOS",
                 {N_("System Settings, General, Date & Time."),
                  N_("Switch on \"Set time and date automatically\".")}},
                {"Linux",
                 {N_("Settings, System, Date & Time: \"Automatic Date & Time\"."),
                  N_("Or in a terminal: sudo timedatectl set-ntp true")}},
                {"iPhone", {N_("Settings, General, Date & Time: \"Set Automatically\".")}},
                {"Android", {N_("Settings, System, Date & time: \"Set time automatically\".")}}}},
    [WAY_SET_TIME_ZONE] =
        {.id = "set-time-zone",
         .title = N_("How to set the time zone"),
         .on = {{"Windows", {N_("Settings, Time & language, Date & time, \"Time zone\".")}},
                {"macOS", {N_("System Settings, General, Date & Time, \"Time zone\".")}},
                {"Linux",
                 {N_("Settings, System, Date & Time, \"Time Zone\"."),
                  N_("Or in a terminal: sudo timedatectl set-timezone Europe/Berlin")}},
                {"iPhone", {N_("Settings, General, Date & Time, \"Time Zone\".")}},
                {"Android", {N_("Settings, System, Date & time, \"Time zone\".")}}}},
    [WAY_UPDATE_SYSTEM] =
        {.id = "update-system",
         .title = N_("How to update this computer"),
         .on = {{"Windows", {N_("Settings, Windows Update, \"Check for updates\".")}},
                {"macOS", {N_("System Settings, General, Software Update.")}},
                {"Linux",
                 {N_("Debian, Ubuntu: sudo apt update && sudo apt install --only-upgrade "
                     "ca-certificates"),
                  N_("Fedora: sudo dnf upgrade ca-certificates")}},
                {"iPhone", {N_("Settings, General, Software Update.")}},
                {"Android",
                 {N_("Settings, System, Software updates."),
                  N_("Phones of before Android 14 need a new system for new authorities.")}}}},
    [WAY_UPDATE_PROGRAM] =
        {.id = "update-program",
         .title = N_("How to update a program"),
         .on = {{"Windows",
                 {N_("Look in the program for Help, About, or in the Microsoft Store.")}},
                {"macOS", {N_("Look in the program's own menu, or in the App Store: Updates.")}},
                {"Linux", {N_("By the software center, or: sudo apt update && sudo apt upgrade")}},
                {"iPhone", {N_("App Store, your picture, \"Update All\".")}},
                {"Android", {N_("Play Store, your picture, \"Manage apps & device\".")}}}},
    [WAY_OTHER_BROWSER] =
        {.id = "other-browser",
         .title = N_("How to try another browser"),
         .on = {{"",
                 {N_("Open the same address in another browser: Firefox, Chrome, Edge or Safari."),
                  N_("Or open a private window: it runs with most add-ons switched off."),
                  N_("Windows: Ctrl+Shift+N, in Firefox Ctrl+Shift+P.")}}}},
    [WAY_TELL_OWNER] =
        {.id = "tell-owner",
         .title = N_("How to tell the site's owner"),
         .on = {{"",
                 {N_("Look for Contact or Imprint on the company's other pages, on a bill or "
                     "letter."),
                  N_("Call, or write to webmaster@ and the site's name without \"www.\"."),
                  N_("Send the line under \"In technical words\": they can act on it at once.")}}}},
    [WAY_TELL_NETWORK] =
        {.id = "tell-network",
         .title = N_("How to find who runs the network"),
         .on = {{"",
                 {N_("At work or school: the helpdesk.  In a hotel or train: the front desk."),
                  N_("At home: the owner of the router, then the company that sells the Internet."),
                  N_("Send the line under \"In technical words\".")}}}},
    [WAY_TELL_IT] =
        {.id = "tell-it",
         .title = N_("How to reach who looks after this computer"),
         .on = {{"",
                 {N_("At work or school: the helpdesk.  At home it is you."),
                  N_("Send the line under \"In technical words\", or save this answer: key s.")}}}},
    [WAY_SIGN_IN] =
        {.id = "sign-in",
         .title = N_("How to get to the sign-in page of a Wi-Fi"),
         .on = {{"Windows",
                 {N_("Click the Wi-Fi sign, then the network: \"Open browser and connect\".")}},
                {"macOS", {N_("Wi-Fi menu: choose the network anew; the page opens by itself.")}},
                {"Linux",
                 {N_("Choose the network anew, or open http://example.com (not https) in a "
                     "browser.")}},
                {"iPhone", {N_("Settings, Wi-Fi, tap the network's name.")}},
                {"Android", {N_("Tap the notice \"Sign in to Wi-Fi network\".")}}}},
    [WAY_OTHER_NETWORK] =
        {.id = "other-network",
         .title = N_("How to try another network"),
         .on = {{"",
                 {N_("Switch the phone's Wi-Fi off, and open the site by mobile data."),
                  N_("If it opens there, the first network is in the way."),
                  N_("For a laptop: use the phone as a hotspot, for this test alone.")}}}},
    [WAY_ANTIVIRUS] =
        {.id = "antivirus",
         .title = N_("How to see which program inspects TLS"),
         .on = {{"Windows",
                 {N_("Windows Security, Virus & threat protection, \"Manage providers\"."),
                  N_("In that program look for HTTPS, SSL or TLS scanning, and its maker's "
                     "help.")}},
                {"macOS", {N_("System Settings, General, Login Items & Extensions.")}},
                {"Linux", {N_("Ask who manages this computer: it came with their settings.")}}}},
    [WAY_ADD_AUTHORITY] =
        {.id = "add-authority",
         .title = N_("How IT adds the organisation's own authority"),
         .on =
             {{"Windows",
               {N_("Group Policy: Public Key Policies, Trusted Root Certification Authorities.")}},
              {"macOS", {N_("A configuration profile of the device management.")}},
              {"Linux",
               {N_("Debian: /usr/local/share/ca-certificates, then update-ca-certificates"),
                N_("Fedora: /etc/pki/ca-trust/source/anchors, then update-ca-trust")}},
              {"iPhone", {N_("A profile of the device management.")}},
              {"Android", {N_("The device management: a CA certificate for the work profile.")}}}},
    [WAY_REMOVE_AUTHORITY] =
        {.id = "remove-authority",
         .title = N_("How to remove an authority from this computer"),
         .on = {{"Windows",
                 {N_("certlm.msc, Trusted Root Certification Authorities, Certificates: Delete."),
                  N_("Uninstall the program that brought it first, or it comes back."),
                  N_("Firefox: Settings, Privacy & Security, View Certificates, Authorities.")}},
                {"macOS", {N_("Keychain Access, System, Certificates: delete it.")}},
                {"Linux",
                 {N_("Delete its file in /usr/local/share/ca-certificates, then:"),
                  "sudo update-ca-certificates --fresh"}},
                {"iPhone", {N_("Settings, General, VPN & Device Management: remove the profile.")}},
                {"Android",
                 {N_("Settings, Security, Encryption & credentials, User credentials.")}}}},
    [WAY_PROXY] =
        {.id = "proxy",
         .title = N_("Where the proxy is set"),
         .on = {{"Windows", {N_("Settings, Network & internet, Proxy.")}},
                {"macOS", {N_("System Settings, Network, the network, Details, Proxies.")}},
                {"Linux",
                 {N_("Settings, Network, Network Proxy; and the variables:"),
                  "env | grep -i _proxy"}},
                {"iPhone", {N_("Settings, Wi-Fi, the network's (i), Configure Proxy.")}},
                {"Android", {N_("Settings, Internet, the network, edit, Advanced: Proxy.")}}}},
    [WAY_CLIENT_CERTIFICATE] =
        {.id = "client-certificate",
         .title = N_("Where certificates of your own are kept"),
         .on = {{"Windows", {N_("certmgr.msc, Personal, Certificates.")}},
                {"macOS", {N_("Keychain Access, login, My Certificates.")}},
                {"Linux",
                 {N_("In the browser. Firefox: Settings, Privacy & Security, View Certificates.")}},
                {"iPhone", {N_("Settings, General, VPN & Device Management.")}},
                {"Android",
                 {N_("Settings, Security, Encryption & credentials, User credentials.")}}}},
    [WAY_VARIABLE] =
        {.id = "variable",
         .title = N_("How to see and unset an environment variable"),
         .on = {{"Windows",
                 {N_("Settings, System, About, Advanced system settings, Environment Variables.")}},
                {"macOS", {N_("In a terminal: env; it is set in ~/.zshrc or ~/.zprofile.")}},
                {"Linux",
                 {N_("In a terminal: env; then: unset NAME"),
                  N_("It is set in ~/.profile, ~/.bashrc or /etc/environment.")}}}},
    [WAY_FINGERPRINT] =
        {.id = "fingerprint",
         .title = N_("How to compare a certificate's fingerprint"),
         .on = {{"",
                 {N_("The one that we saw stands under \"In technical words\", as SHA-256."),
                  N_("On the device itself, look for Certificate or Security in its own settings."),
                  N_("Or let whoever set it up read theirs to you, not over the same network."),
                  N_("All of it must be the same.")}}}},
    [WAY_FLUSH_NAMES] =
        {.id = "flush-names",
         .title = N_("How to forget remembered host names"),
         .on = {{"Windows", {N_("In a command prompt: ipconfig /flushdns")}},
                {"macOS",
                 {N_("In a terminal: sudo dscacheutil -flushcache; sudo killall -HUP "
                     "mDNSResponder")}},
                {"Linux", {N_("In a terminal: resolvectl flush-caches")}},
                {"iPhone", {N_("Switch airplane mode on and off again.")}},
                {"Android", {N_("Switch airplane mode on and off again.")}}}},
};

const struct way_words *advice_way(enum way w)
{
    return w > WAY_NONE && w < WAY_COUNT ? &ways[w] : NULL;
}
