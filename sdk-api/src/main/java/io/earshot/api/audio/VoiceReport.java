package io.earshot.api.audio;

/**
 * What was heard in one direction since the report before.
 *
 * @param speaking whether somebody speaks now
 * @param spokenMillis for how long somebody spoke
 * @param heardMillis how much was listened to
 * @param averageDbfs mean level, -120 for silence
 * @param peakDbfs highest level of a sample
 */
public record VoiceReport(boolean speaking, long spokenMillis, long heardMillis, double averageDbfs, double peakDbfs) {
    /** Nothing was heard yet. */
    public static final VoiceReport NOTHING = new VoiceReport(false, 0, 0, -120, -120);
}
