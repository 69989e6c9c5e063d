/** Checks of arguments, with one way to say what is wrong; for this module and the engine, not for programs. */
package io.earshot.api.check;
