/**
 * The classic surface: parameters as {@code name=value}, functions named {@code API_…}, notifications as lines of text. A thin translation
 * onto the modern API; there is no telephony in it. Nothing here throws for what a user or the network did: functions answer, and errors
 * are notifications.
 */
package io.earshot.sdk.classic;
