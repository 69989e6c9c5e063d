/**
 * Reading and writing audio files.
 *
 * <p>Files are slow, so this is work for worker threads: every method that throws {@link java.io.IOException} may block and must not be
 * called on a loop. {@link io.earshot.files.RecordingWriter} is the door for the audio loop, and {@link io.earshot.files.SoundFile}, once
 * loaded, is plain memory. Readers and writers belong to one thread at a time.
 *
 * <p>PCM is 16 bit linear, channels interleaved; a frame is one sample per channel. What is wrong with a file is told by an
 * {@link io.earshot.files.AudioFileException} that names the file and the defect; what the operating system refuses comes as the JDK's own
 * {@link java.io.IOException}. No method takes or returns {@code null}.
 */
package io.earshot.files;
