package io.earshot.api.codec;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which codecs a phone offers and accepts, in which order, and how it sends with them. Codecs are named as {@code a=rtpmap} does,
 * {@code PCMA} or, to tell several of one name apart, {@code speex/16000}; case does not count, and what is said of a codec that is not
 * there is ignored. Immutable; the {@code with} methods return changed copies. A call of its own codecs, {@code CallOptions.codecs()},
 * takes its list from there and everything else from here.
 *
 * @param uses what is done with each codec; one that is not named is offered, or only accepted if it is of priority 0
 * @param preferred the codec to put before all others; empty for none
 * @param parameters {@code a=fmtp} parameters to tell peers besides, or instead of, those of the codec itself
 * @param packetMillis milliseconds per packet that we send and ask for, 10 to 120, in whole frames of the codec; 0 leaves it to the codec
 * @param basics whether PCMU and GSM are kept in offers
 * @param phoneNumbers whether wideband codecs are left out of calls to telephone numbers
 * @param silenceSuppression whether pauses are not sent: comfort noise (RFC 3389) with codecs that know no silence of their own, G.729
 *     Annex B, DTX of Opus
 * @param redundancy how many packets before it each packet carries as well, 0 to 3, with peers that can and take so many (RFC 2198)
 * @param finalCodec whether the ACK of calls of ours names the chosen codec
 */
public record CodecPreferences(Map<String, CodecUse> uses, Optional<String> preferred, Map<String, FormatParameters> parameters,
        int packetMillis, BasicCodecs basics, PhoneNumberCodecs phoneNumbers, boolean silenceSuppression, int redundancy,
        FinalCodec finalCodec) {
    /** All codecs by their own priorities and packet times; no silence suppression, no redundancy. */
    public static final CodecPreferences DEFAULT = new CodecPreferences(Map.of(), Optional.empty(), Map.of(), 0, BasicCodecs.AS_SET,
            PhoneNumberCodecs.ALL, false, 0, FinalCodec.NEVER);

    private static final int LONGEST_PACKET = 120;
    private static final int MOST_COPIES = 3;

    public CodecPreferences {
        uses = named(uses, "uses");
        preferred = requireNonNull(preferred, "preferred").filter(name -> !name.isBlank()).map(CodecPreferences::key);
        parameters = named(parameters, "parameters");
        requireNonNull(basics, "basics");
        requireNonNull(phoneNumbers, "phoneNumbers");
        requireNonNull(finalCodec, "finalCodec");
        Check.range(redundancy, 0, MOST_COPIES, "redundancy");
        if (packetMillis != 0 && (packetMillis < 10 || packetMillis > LONGEST_PACKET)) {
            throw new IllegalArgumentException("a packet must be 10 to 120 ms long, or 0 for the codec's own length, not " + packetMillis);
        }
        for (FormatParameters said : parameters.values()) {
            if (said.raw().chars().anyMatch(c -> c < ' ' || c > 126)) {
                throw new IllegalArgumentException("format parameters must be printable ASCII in one line, not " + Check.shown(said.raw()));
            }
        }
    }

    private static <T> Map<String, T> named(Map<String, T> given, String what) {
        Map<String, T> out = new LinkedHashMap<>();
        Check.<T>map(given, what).forEach((name, value) -> {
            String key = key(name);
            if (out.put(key, value) != null) {
                throw new IllegalArgumentException(what + " names " + key + " twice, for case does not count: leave one out");
            }
        });
        return Map.copyOf(out);
    }

    private static String key(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        if (!key.matches("[a-z0-9._+-]+(/[0-9]+)?")) {
            throw new IllegalArgumentException(Check.shown(name) + " names no codec: write it like PCMA or speex/16000");
        }
        return key;
    }

    /** Returns a copy that does this with a codec. */
    public CodecPreferences with(String codec, CodecUse use) {
        Map<String, CodecUse> changed = new LinkedHashMap<>(uses);
        changed.put(key(requireNonNull(codec, "codec")), requireNonNull(use, "use"));
        return new CodecPreferences(changed, preferred, parameters, packetMillis, basics, phoneNumbers, silenceSuppression, redundancy,
                finalCodec);
    }

    /** Returns a copy that puts a codec before all others. */
    public CodecPreferences withPreferred(String codec) {
        return new CodecPreferences(uses, Optional.of(requireNonNull(codec, "codec")), parameters, packetMillis, basics, phoneNumbers,
                silenceSuppression, redundancy, finalCodec);
    }

    /**
     * Returns a copy that tells peers these parameters of a codec, as {@code "maxplaybackrate=16000"}. Those whose names begin with
     * {@code local-}, as {@code "local-decoder=full"} of G729, are for the codec alone.
     */
    public CodecPreferences withParameters(String codec, String fmtp) {
        Map<String, FormatParameters> changed = new LinkedHashMap<>(parameters);
        changed.put(key(requireNonNull(codec, "codec")), new FormatParameters(requireNonNull(fmtp, "fmtp")));
        return new CodecPreferences(uses, preferred, changed, packetMillis, basics, phoneNumbers, silenceSuppression, redundancy,
                finalCodec);
    }

    /** Returns a copy with packets of another length, 10 to 120 ms; 0 for the codec's own. */
    public CodecPreferences withPacketMillis(int millis) {
        return new CodecPreferences(uses, preferred, parameters, millis, basics, phoneNumbers, silenceSuppression, redundancy,
                finalCodec);
    }

    /** Returns a copy that keeps PCMU and GSM in offers, or does not. */
    public CodecPreferences withBasics(BasicCodecs kept) {
        return new CodecPreferences(uses, preferred, parameters, packetMillis, kept, phoneNumbers, silenceSuppression, redundancy,
                finalCodec);
    }

    /** Returns a copy with another rule for telephone numbers. */
    public CodecPreferences withPhoneNumbers(PhoneNumberCodecs rule) {
        return new CodecPreferences(uses, preferred, parameters, packetMillis, basics, rule, silenceSuppression, redundancy, finalCodec);
    }

    /** Returns a copy that sends pauses, or does not. */
    public CodecPreferences withSilenceSuppression(boolean on) {
        return new CodecPreferences(uses, preferred, parameters, packetMillis, basics, phoneNumbers, on, redundancy, finalCodec);
    }

    /** Returns a copy that repeats each packet in so many after it, 0 to 3: one helps against single losses, more against bursts. */
    public CodecPreferences withRedundancy(int copies) {
        return new CodecPreferences(uses, preferred, parameters, packetMillis, basics, phoneNumbers, silenceSuppression, copies,
                finalCodec);
    }

    /** Returns a copy whose ACKs name the chosen codec, or do not. */
    public CodecPreferences withFinalCodec(FinalCodec rule) {
        return new CodecPreferences(uses, preferred, parameters, packetMillis, basics, phoneNumbers, silenceSuppression, redundancy, rule);
    }

    /** Returns what is done with a codec; empty where nothing was said. */
    public Optional<CodecUse> use(String name, int rtpClockRate) {
        return lookUp(uses, name, rtpClockRate);
    }

    /** Returns the parameters to tell of a codec besides its own. */
    public Optional<FormatParameters> parameters(String name, int rtpClockRate) {
        return lookUp(parameters, name, rtpClockRate);
    }

    private static <T> Optional<T> lookUp(Map<String, T> from, String name, int rate) {
        String lower = requireNonNull(name, "name").toLowerCase(Locale.ROOT);
        return Optional.ofNullable(from.getOrDefault(lower + "/" + rate, from.get(lower)));
    }

    /** Tells whether {@link #preferred} means this codec. */
    public boolean prefers(String name, int rtpClockRate) {
        String lower = requireNonNull(name, "name").toLowerCase(Locale.ROOT);
        return preferred.filter(List.of(lower, lower + "/" + rtpClockRate)::contains).isPresent();
    }
}
