/** Programs to start from, each one file. Run one with the module or class path of {@code sdk-facade}, a transport and a codec. */
package io.earshot.examples;
