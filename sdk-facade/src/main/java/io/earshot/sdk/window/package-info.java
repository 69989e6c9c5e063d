/**
 * Windows for a phone: what a module that draws them provides ({@link io.earshot.sdk.window.WindowProvider}), and what it may use of the
 * phone ({@link io.earshot.sdk.window.WindowHost}). No type here needs a display.
 */
package io.earshot.sdk.window;
