package io.earshot.sdk.internal.registry;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.codec.BasicCodecs;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.CodecUse;
import io.earshot.api.codec.PhoneNumberCodecs;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.sdk.internal.loop.Published;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the codecs of calls by the phone's {@link CodecPreferences}. For any thread. */
public final class CodecDesk {
    private static final int NARROWBAND = 8000;
    private static final String TELEPHONE_NUMBER = "\\+?[0-9]{7,}";
    private static final Set<String> BASICS = Set.of("pcmu", "gsm");

    private final Codecs codecs;
    private final boolean named;
    private final Published<CodecPreferences> preferences;
    /** Whether the first call went to a telephone number; empty before it. */
    private final Published<Optional<Boolean>> first = new Published<>(Optional.empty());

    /**
     * Makes a desk.
     *
     * @param codecs those of the phone, best first
     * @param named whether the program has named them one by one
     * @param preferences how they are used at first
     * @throws VoipException when nothing is left to offer
     */
    public CodecDesk(Codecs codecs, boolean named, CodecPreferences preferences) {
        this.codecs = codecs;
        this.named = named;
        this.preferences = new Published<>(preferences);
        plan(List.of());
    }

    /** Returns the preferences in force. */
    public CodecPreferences preferences() {
        return preferences.get();
    }

    /**
     * Puts others into force, for calls that begin later.
     *
     * @throws VoipException when they leave no codec
     */
    public void preferences(CodecPreferences changed) {
        use(codecs.entries(), named, changed);
        preferences.set(changed);
    }

    /**
     * Returns the codecs of a call.
     *
     * @param names those that the program has named for it, best first; empty for the phone's
     * @throws VoipException when one of these is not there
     */
    public CodecPlan plan(List<String> names) {
        CodecPreferences wanted = preferences.get();
        if (!names.isEmpty()) {
            List<Codecs.Entry> chosen = codecs.select(names).entries().stream().map(entry -> Tuned.of(entry, wanted)).toList();
            return new CodecPlan(chosen, chosen, wanted);
        }
        return use(codecs.entries(), named, wanted);
    }

    /**
     * Returns the codecs that everybody has, as far as they may be used, for another try after a call was refused for its codecs.
     *
     * @return empty when these are what was refused, or none is left
     */
    public Optional<CodecPlan> otherThan(CodecPlan refused) {
        CodecPreferences wanted = preferences.get();
        Set<CodecDescriptor> allowed = encodings(refused.accepted());
        List<Codecs.Entry> chosen = codecs.basic().entries().stream()
                .filter(entry -> allowed.contains(entry.codec()) || use(entry.codec(), named, wanted) != CodecUse.NEVER)
                .map(entry -> Tuned.of(entry, wanted)).toList();
        boolean same = encodings(chosen).equals(encodings(refused.offered()));
        return chosen.isEmpty() || same ? Optional.empty() : Optional.of(new CodecPlan(chosen, chosen, wanted));
    }

    private static Set<CodecDescriptor> encodings(List<Codecs.Entry> entries) {
        return entries.stream().map(Codecs.Entry::codec).collect(Collectors.toSet());
    }

    /** Returns the plan for a call of ours to somebody, by the rule for telephone numbers; {@code user} is the address's user part. */
    public CodecPlan towards(String user, CodecPlan plan) {
        boolean number = user.replaceAll("[-.() ]", "").matches(TELEPHONE_NUMBER);
        if (first.get().isEmpty()) {
            first.set(Optional.of(number));
        }
        PhoneNumberCodecs rule = plan.preferences().phoneNumbers();
        boolean narrow = rule == PhoneNumberCodecs.NARROWBAND ? number
                : rule == PhoneNumberCodecs.AS_FIRST_CALL && first.get().orElse(number);
        List<Codecs.Entry> left = plan.offered().stream().filter(entry -> isNarrow(entry, plan.preferences())).toList();
        return narrow && !left.isEmpty() ? new CodecPlan(left, plan.accepted(), plan.preferences()) : plan;
    }

    private static boolean isNarrow(Codecs.Entry entry, CodecPreferences wanted) {
        CodecDescriptor codec = entry.codec();
        return codec.sampleRate() <= NARROWBAND || wanted.parameters(codec.name(), codec.rtpClockRate())
                .filter(said -> said.getInt("maxplaybackrate").orElse(codec.sampleRate()) <= NARROWBAND).isPresent();
    }

    private static CodecPlan use(List<Codecs.Entry> all, boolean named, CodecPreferences wanted) {
        List<Codecs.Entry> offered = new ArrayList<>();
        List<Codecs.Entry> others = new ArrayList<>();
        for (Codecs.Entry entry : all) {
            CodecUse use = use(entry.codec(), named, wanted);
            if (use != CodecUse.NEVER) {
                (use == CodecUse.ACCEPT ? others : offered).add(entry);
            }
        }
        offered.sort(Comparator.comparingInt((Codecs.Entry entry) -> rank(entry.codec(), named, wanted)));
        List<Codecs.Entry> accepted = new ArrayList<>(offered);
        accepted.addAll(others);
        if (accepted.isEmpty()) {
            throw new VoipException(new Failure.BadArgument("No codec is left: the preferences set all that are there to NEVER; allow one, "
                    + "as PCMU."));
        }
        List<Codecs.Entry> tuned = accepted.stream().map(entry -> Tuned.of(entry, wanted)).toList();
        return new CodecPlan(offered.isEmpty() ? tuned : tuned.subList(0, offered.size()), tuned, wanted);
    }

    private static int rank(CodecDescriptor codec, boolean named, CodecPreferences wanted) {
        return wanted.prefers(codec.name(), codec.rtpClockRate()) ? 0 : use(codec, named, wanted) == CodecUse.FIRST ? 1 : 2;
    }

    private static CodecUse use(CodecDescriptor codec, boolean named, CodecPreferences wanted) {
        boolean preferred = wanted.prefers(codec.name(), codec.rtpClockRate());
        CodecUse standard = preferred || named || codec.priority() > 0 ? CodecUse.OFFER : CodecUse.ACCEPT;
        CodecUse use = wanted.use(codec.name(), codec.rtpClockRate()).orElse(standard);
        boolean basic = BASICS.contains(codec.name().toLowerCase(java.util.Locale.ROOT));
        boolean raised = basic && (wanted.basics() == BasicCodecs.ALWAYS
                || wanted.basics() == BasicCodecs.IF_ACCEPTED && use == CodecUse.ACCEPT);
        boolean offered = use == CodecUse.OFFER || use == CodecUse.FIRST;
        return !offered && (raised || preferred && use == CodecUse.ACCEPT) ? CodecUse.OFFER : use;
    }
}
