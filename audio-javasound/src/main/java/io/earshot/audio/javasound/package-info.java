/**
 * Java Sound behind the SPI. {@link io.earshot.audio.javasound.SoundSystem} is the seam: {@code SystemSound} is the one file that
 * knows {@code javax.sound.sampled}, tests put a fake in its place. Each open line has a thread, which blocks in the line and hands
 * samples over through a {@code SampleQueue}.
 */
package io.earshot.audio.javasound;
