package io.earshot.record.mp3;

import de.sciss.jump3r.mp3.BitStream;
import de.sciss.jump3r.mp3.GainAnalysis;
import de.sciss.jump3r.mp3.GetAudio;
import de.sciss.jump3r.mp3.ID3Tag;
import de.sciss.jump3r.mp3.Lame;
import de.sciss.jump3r.mp3.LameGlobalFlags;
import de.sciss.jump3r.mp3.MPEGMode;
import de.sciss.jump3r.mp3.Parse;
import de.sciss.jump3r.mp3.Presets;
import de.sciss.jump3r.mp3.Quantize;
import de.sciss.jump3r.mp3.QuantizePVT;
import de.sciss.jump3r.mp3.Reservoir;
import de.sciss.jump3r.mp3.Takehiro;
import de.sciss.jump3r.mp3.VBRTag;
import de.sciss.jump3r.mp3.Version;
import de.sciss.jump3r.mpg.Common;
import de.sciss.jump3r.mpg.Interface;
import de.sciss.jump3r.mpg.MPGLib;
import io.earshot.api.audio.spi.RecordingEncoder;
import java.util.Arrays;

/**
 * LAME, at a constant bit rate and without a bit reservoir, so that each frame can be played without those before, and without a summary
 * at the beginning, which would have to be written last. Two channels are coded apart: they are two people.
 */
final class Mp3Encoder implements RecordingEncoder {
    private static final int BLOCK_FRAMES = 1152;
    /** LAME wants room for a quarter more than the samples, and for what is inside it. */
    private static final int MOST_BYTES = BLOCK_FRAMES * 5 / 4 + 7200;
    private static final int QUALITY = 5;

    private final int sampleRate;
    private final int channels;
    private final Lame lame = new Lame();
    private final LameGlobalFlags settings;
    private final int[] left = new int[BLOCK_FRAMES];
    private final int[] right = new int[BLOCK_FRAMES];
    private final byte[] frames = new byte[MOST_BYTES];

    Mp3Encoder(int sampleRate, int channels) {
        this.sampleRate = sampleRate;
        this.channels = channels;
        join();
        settings = lame.lame_init();
        settings.num_channels = channels;
        settings.in_samplerate = sampleRate;
        settings.out_samplerate = sampleRate;
        settings.mode = channels == 1 ? MPEGMode.MONO : MPEGMode.STEREO;
        settings.brate = channels * (sampleRate <= 8000 ? 24 : sampleRate <= 24_000 ? 48 : 64);
        settings.quality = QUALITY;
        settings.disable_reservoir = true;
        settings.bWriteVbrTag = false;
        settings.write_id3tag_automatic = false;
        settings.findReplayGain = false;
        if (lame.lame_init_params(settings) < 0) {
            throw new IllegalArgumentException("MP3 with " + channels + " channels at " + sampleRate + " Hz");
        }
    }

    /** The library leaves it to its user to introduce its parts to each other. */
    private void join() {
        GainAnalysis gain = new GainAnalysis();
        BitStream bits = new BitStream();
        Presets presets = new Presets();
        QuantizePVT tables = new QuantizePVT();
        Quantize quantize = new Quantize();
        VBRTag tag = new VBRTag();
        Version version = new Version();
        ID3Tag id3 = new ID3Tag();
        Reservoir reservoir = new Reservoir();
        Takehiro huffman = new Takehiro();
        Parse parse = new Parse();
        MPGLib decoder = new MPGLib();
        Interface decoding = new Interface();
        lame.setModules(gain, bits, presets, tables, quantize, tag, version, id3, decoder);
        bits.setModules(gain, decoder, version, tag);
        id3.setModules(bits, version);
        presets.setModules(lame);
        quantize.setModules(bits, reservoir, tables, huffman);
        tables.setModules(huffman, reservoir, lame.enc.psy);
        reservoir.setModules(bits);
        huffman.setModules(tables);
        tag.setModules(lame, bits, version);
        new GetAudio().setModules(parse, decoder);
        parse.setModules(version, id3, presets);
        decoder.setModules(decoding, new Common());
        decoding.setModules(tag, new Common());
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int blockFrames() {
        return BLOCK_FRAMES;
    }

    @Override
    public int maxBytes() {
        return MOST_BYTES;
    }

    @Override
    public int encode(short[] pcm, int offset, byte[] out, int outOffset) {
        for (int i = 0; i < BLOCK_FRAMES; i++) {
            // 16 bits in the upper half of 32.
            left[i] = pcm[offset + i * channels] << 16;
            right[i] = pcm[offset + i * channels + channels - 1] << 16;
        }
        int length = lame.lame_encode_buffer_int(settings, left, right, BLOCK_FRAMES, frames, 0, frames.length);
        return copy(length, out, outOffset);
    }

    @Override
    public int finish(byte[] out, int outOffset) {
        return copy(lame.lame_encode_flush(settings, frames, 0, frames.length), out, outOffset);
    }

    private int copy(int length, byte[] out, int outOffset) {
        if (length < 0) {
            throw new IllegalStateException("the MP3 encoder failed with " + length);
        }
        System.arraycopy(frames, 0, out, outOffset, length);
        Arrays.fill(frames, 0, length, (byte) 0);
        return length;
    }
}
