package io.earshot.sip.sdp;

import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.NegotiatedAudio.Feedback;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Feedback in descriptions (RFC 4585 §4.2): generic negative acknowledgements, under a profile that has feedback. What the peer offers
 * besides is passed over, and so not confirmed.
 */
final class FeedbackLines {
    private static final String NAME = "rtcp-fb";
    private static final String ANY = "*";
    private static final String NACK = "nack";
    private static final String INTERVAL = "trr-int";
    /** RFC 4585 §5: no longer than what entities without feedback take for silence. */
    private static final int LONGEST_INTERVAL = 5000;

    private FeedbackLines() {
    }

    /** One line: for which format, and what. */
    private record Wish(String format, String what) {
        static List<Wish> of(MediaDescription media) {
            List<Wish> out = new ArrayList<>();
            for (Attribute attribute : media.attributes()) {
                String[] words = attribute.is(NAME) ? attribute.value().split("[ \t]+", 2) : new String[0];
                if (words.length == 2) {
                    out.add(new Wish(words[0], words[1].strip()));
                }
            }
            return out;
        }

        boolean isFor(Set<Integer> formats) {
            return format.equals(ANY) || formats.stream().anyMatch(number -> format.equals(Integer.toString(number)));
        }

        /** Returns how far apart reports are to be in milliseconds, if this says so and can be complied with. */
        OptionalInt interval() {
            boolean fits = what.matches(INTERVAL + " +[0-9]{1,4}");
            int millis = fits ? Integer.parseInt(what.substring(INTERVAL.length()).strip()) : LONGEST_INTERVAL + 1;
            return millis <= LONGEST_INTERVAL ? OptionalInt.of(millis) : OptionalInt.empty();
        }
    }

    /** Lists it in an offer of that profile. */
    static void offer(AudioCapabilities capabilities, MediaProfile profile, AudioLines lines) {
        if (capabilities.has(Option.RTCP_NACK) && profile.hasFeedback()) {
            lines.attribute(Attribute.of(NAME, ANY + " " + NACK));
        }
    }

    /**
     * Takes what the peer offers for these formats, and confirms it word for word.
     *
     * @param reducedSize whether that was agreed on
     */
    static Feedback answer(MediaDescription media, Set<Integer> formats, AudioCapabilities capabilities, boolean reducedSize,
            AudioLines lines) {
        Feedback agreed = agreed(media, formats, capabilities, reducedSize);
        for (Wish wish : Wish.of(media)) {
            if (agreed.nack() && wish.isFor(formats) && (wish.what.equals(NACK) || wish.interval().isPresent())) {
                lines.attribute(Attribute.of(NAME, wish.format + " " + wish.what));
            }
        }
        return agreed;
    }

    /** Reads what of our offer the peer has taken for these formats of its own. */
    static Feedback complete(MediaDescription ours, MediaDescription theirs, Set<Integer> formats, AudioCapabilities capabilities) {
        boolean offered = Wish.of(ours).stream().anyMatch(wish -> wish.what.equals(NACK));
        boolean reduced = ours.attribute(AudioLines.REDUCED_SIZE).isPresent() && theirs.attribute(AudioLines.REDUCED_SIZE).isPresent();
        return offered ? agreed(theirs, formats, capabilities, reduced) : Feedback.NONE;
    }

    private static Feedback agreed(MediaDescription theirs, Set<Integer> formats, AudioCapabilities capabilities, boolean reducedSize) {
        boolean profile = MediaProfile.parse(theirs.protocol()).filter(MediaProfile::hasFeedback).isPresent();
        List<Wish> wishes = Wish.of(theirs).stream().filter(wish -> wish.isFor(formats)).toList();
        if (!profile || !capabilities.has(Option.RTCP_NACK) || wishes.stream().noneMatch(wish -> wish.what.equals(NACK))) {
            return Feedback.NONE;
        }
        OptionalInt interval = wishes.stream().map(Wish::interval).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
        return new Feedback(true, reducedSize, interval);
    }
}
