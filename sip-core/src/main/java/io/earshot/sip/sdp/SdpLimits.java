package io.earshot.sip.sdp;

/**
 * How much of a description is read before it is refused. Real ones hold some 30 lines; a browser's some 150.
 *
 * @param maxBytes length of the whole description
 * @param maxLineBytes length of one line, without its end
 * @param maxLines lines of all levels together
 * @param maxMedia {@code m=} lines
 * @param maxAttributes {@code a=} lines of all levels together
 * @param maxFormats formats of one {@code m=} line
 */
public record SdpLimits(int maxBytes, int maxLineBytes, int maxLines, int maxMedia, int maxAttributes, int maxFormats) {
    /** 64 KiB, lines of 8 KiB, 4096 lines, 64 media, 2048 attributes, 128 formats (there are no more payload types). */
    public static final SdpLimits DEFAULT = new SdpLimits(65_536, 8_192, 4_096, 64, 2_048, 128);

    public SdpLimits {
        if (maxBytes <= 0 || maxLineBytes <= 0 || maxLines <= 0 || maxMedia <= 0 || maxAttributes < 0 || maxFormats <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
