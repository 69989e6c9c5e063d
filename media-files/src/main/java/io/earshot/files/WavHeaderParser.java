package io.earshot.files;

import io.earshot.files.WavFormat.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Finds format and audio of a RIFF/WAVE file (also RF64, EBU Tech 3306). Sizes in the file are claims: only those that the file's real
 * length bears out are believed. A writer that was killed leaves a data size of 0 or 0xFFFFFFFF, or one that goes past the end; then the
 * audio reaches to the end.
 */
final class WavHeaderParser {
    private static final long UNKNOWN_SIZE = 0xFFFF_FFFFL;
    private static final int FMT_BYTES = 16;
    private static final int FMT_EXTENSIBLE_BYTES = 40;
    private static final int TAG_EXTENSIBLE = 0xFFFE;
    /** Bytes 2 to 15 of the sub-format GUIDs that carry a plain format tag in bytes 0 and 1. */
    private static final byte[] GUID_TAIL = {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71};

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final WavLimits limits;
    private WavFormat format;
    private long size64 = UNKNOWN_SIZE;

    /**
     * Where the audio is.
     *
     * @param offset of the first frame in the file
     * @param frames whole frames that are really there
     * @param repaired whether the header said something else
     */
    record Layout(WavFormat format, long offset, long frames, boolean repaired) { }

    WavHeaderParser(Path file, FileChannel channel, WavLimits limits) throws IOException {
        this.file = file;
        this.channel = channel;
        this.limits = limits;
        length = channel.size();
    }

    Layout parse() throws IOException {
        if (length == 0) {
            throw defect("is empty");
        }
        ByteBuffer start = read(0, 12, "is no WAV file: only " + length + " bytes long");
        String magic = id(start);
        start.getInt(); // the size of everything: a claim that nothing depends on
        String form = id(start);
        if (magic.equals("RIFX")) {
            throw defect("is a big-endian WAV file (RIFX), which is not supported");
        }
        if (!magic.equals("RIFF") && !magic.equals("RF64") || !form.equals("WAVE")) {
            throw defect("is no WAV file: starts with \"" + magic + "\" and \"" + form + "\" instead of \"RIFF\" and \"WAVE\"");
        }
        long position = 12;
        for (int chunk = 0; position + 8 <= length; chunk++) {
            if (chunk == limits.maxChunks()) {
                throw defect("has no audio among its first " + limits.maxChunks() + " chunks");
            }
            ByteBuffer head = read(position, 8, "");
            String id = id(head);
            long size = head.getInt() & UNKNOWN_SIZE;
            position += 8;
            if (id.equals("data")) {
                return data(position, size);
            }
            if (size > length - position) {
                throw defect("chunk \"" + id + "\" claims " + size + " bytes where the file has " + (length - position) + " left");
            }
            if (id.equals("fmt ")) {
                format = format(position, size);
            } else if (id.equals("ds64") && size >= 16) {
                size64 = read(position, 16, "").getLong(8);
            }
            position += size + (size & 1); // chunks start at even offsets
        }
        throw defect("has no data chunk");
    }

    private Layout data(long offset, long claimed) throws IOException {
        if (format == null) {
            throw defect("has its data chunk before its fmt chunk");
        }
        long present = length - offset;
        long size = claimed == UNKNOWN_SIZE ? size64 : claimed;
        boolean lies = size == UNKNOWN_SIZE || size < 0 || size > present
            || size == 0 && present >= format.bytesPerFrame() && !chunksUpToTheEnd(offset);
        return new Layout(format, offset, (lies ? present : size) / format.bytesPerFrame(), lies);
    }

    /** Tells whether what follows an empty data chunk is a chain of chunks that ends with the file, hence no audio. */
    private boolean chunksUpToTheEnd(long from) throws IOException {
        long position = from;
        for (int chunk = 0; chunk < limits.maxChunks() && position + 8 <= length; chunk++) {
            ByteBuffer head = read(position, 8, "");
            for (int i = 0; i < 4; i++) {
                if (head.get(i) < ' ' || head.get(i) > '~') {
                    return false;
                }
            }
            long size = head.getInt(4) & UNKNOWN_SIZE;
            position += 8 + size + (size & 1);
        }
        return position == length || position == length + 1; // the last pad byte is often forgotten
    }

    private WavFormat format(long position, long size) throws IOException {
        if (size < FMT_BYTES) {
            throw defect("fmt chunk has " + size + " bytes instead of 16 or more");
        }
        ByteBuffer fmt = read(position, (int) Math.min(size, FMT_EXTENSIBLE_BYTES), "");
        int tag = fmt.getShort(0) & 0xFFFF;
        int channels = fmt.getShort(2) & 0xFFFF;
        long sampleRate = fmt.getInt(4) & UNKNOWN_SIZE;
        int bytesPerFrame = fmt.getShort(12) & 0xFFFF;
        int bits = fmt.getShort(14) & 0xFFFF;
        if (tag == TAG_EXTENSIBLE) {
            tag = subFormat(fmt);
        }
        Encoding encoding = encoding(tag, bits);
        if (channels < 1 || channels > 2) {
            throw defect("has " + channels + " channels; 1 and 2 are supported");
        }
        if (sampleRate < limits.minSampleRate() || sampleRate > limits.maxSampleRate()) {
            throw defect("has a sample rate of " + sampleRate + " Hz, outside " + limits.minSampleRate() + " to " + limits.maxSampleRate());
        }
        WavFormat result = new WavFormat(encoding, bits, channels, (int) sampleRate);
        if (bytesPerFrame != result.bytesPerFrame()) {
            throw defect("says " + bytesPerFrame + " bytes per frame where its format makes " + result.bytesPerFrame());
        }
        return result;
    }

    private int subFormat(ByteBuffer fmt) throws AudioFileException {
        if (fmt.limit() < FMT_EXTENSIBLE_BYTES) {
            throw defect("fmt chunk of WAVE_FORMAT_EXTENSIBLE has " + fmt.limit() + " bytes instead of 40");
        }
        for (int i = 0; i < GUID_TAIL.length; i++) {
            if (fmt.get(26 + i) != GUID_TAIL[i]) {
                throw defect("has an unknown sub-format of WAVE_FORMAT_EXTENSIBLE");
            }
        }
        return fmt.getShort(24) & 0xFFFF;
    }

    private Encoding encoding(int tag, int bits) throws AudioFileException {
        for (Encoding encoding : Encoding.values()) {
            if (encoding.tag == tag) {
                boolean known = switch (encoding) {
                    case PCM -> bits == 8 || bits == 16 || bits == 24 || bits == 32;
                    case FLOAT -> bits == 32;
                    case A_LAW, MU_LAW -> bits == 8;
                };
                if (!known) {
                    throw defect("has " + bits + " bits per sample, which " + encoding + " files are not supported with");
                }
                return encoding;
            }
        }
        throw defect("has audio format " + tag + "; linear (1), float (3), A-law (6) and µ-law (7) are supported");
    }

    private ByteBuffer read(long position, int bytes, String otherwise) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw defect(otherwise.isEmpty() ? "became shorter while it was read" : otherwise);
            }
        }
        return buffer.flip();
    }

    /** Takes a four-character code; what would garble a message is replaced. */
    private static String id(ByteBuffer buffer) {
        byte[] bytes = new byte[4];
        buffer.get(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] < ' ' || bytes[i] > '~' ? (byte) '?' : bytes[i];
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private AudioFileException defect(String defect) {
        return new AudioFileException(file, defect);
    }
}
