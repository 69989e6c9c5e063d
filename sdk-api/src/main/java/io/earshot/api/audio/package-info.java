/**
 * Sound: a bridge with ports, and edges between them. PCM is 16 bit signed linear, mono. Nothing of a program's code runs on the loop
 * that mixes: programs write into and read from bounded buffers.
 */
package io.earshot.api.audio;
