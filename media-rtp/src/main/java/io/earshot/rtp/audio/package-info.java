/**
 * Between RTP payloads and PCM: {@link io.earshot.rtp.audio.AudioReceiver} plays one stream, {@link io.earshot.rtp.audio.AudioSender}
 * makes one. PCM is 16 bit linear, channels interleaved; counts are samples of all channels together. Confined to one thread;
 * allocates nothing per packet. No method takes or returns {@code null}.
 */
package io.earshot.rtp.audio;
