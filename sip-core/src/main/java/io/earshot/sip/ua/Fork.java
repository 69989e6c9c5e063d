package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;
import java.util.OptionalLong;

/** One phone that a call of ours rings at: an early dialog, a preview of its answer, and the count of its reliable responses. */
final class Fork {
    private final Context context;
    private final EarlyDialog early;
    private Optional<SessionDescription> preview = Optional.empty();
    private long sequence = -1;

    Fork(Context context, EarlyDialog early) {
        this.context = context;
        this.early = early;
    }

    EarlyDialog early() {
        return early;
    }

    boolean hasAgreed() {
        return early.state() == EarlyDialog.State.AGREED || early.local().isPresent();
    }

    /** Returns its last description, or a preview of it. */
    Optional<SessionDescription> remote() {
        return early.remote().or(() -> preview);
    }

    /** Tells whether a reliable response is the next one; repeated ones and ones out of order are not looked at (RFC 3262 §4). */
    private boolean isNext(OptionalLong number) {
        boolean next = number.isPresent() && (sequence < 0 || number.getAsLong() == sequence + 1);
        sequence = next ? number.getAsLong() : sequence;
        return next;
    }

    static boolean isReliable(CallPolicy policy, Response response) {
        return policy.reliability() != io.earshot.api.Reliability.NEVER && response.has(HeaderName.RSEQ)
            && Tags.requires(response, Tags.RELIABLE);
    }

    /** What a response comes to: whether our user hears of it, and the preview it brings. */
    record Heard(boolean told, Optional<SessionDescription> preview) {
        private static final Heard NOTHING = new Heard(false, Optional.empty());
    }

    /** Takes a provisional response, and acknowledges it where that is wanted; {@code offered} when our INVITE had an offer. */
    Heard take(Response response, boolean offered, long now) {
        boolean reliable = isReliable(early.policy(), response);
        if (reliable && !isNext(number(response))) {
            return Heard.NOTHING;
        }
        early.dialog().refreshTarget(response);
        Optional<SessionDescription> description = context.bodies.read(response).description();
        if (!offered) {
            if (reliable && description.isPresent() && early.state() == EarlyDialog.State.SILENT) {
                early.ask(description.get(), new Acknowledgement(response));
            } else if (reliable) {
                early.acknowledge(response, Optional.empty(), now);
            }
            return new Heard(true, Optional.empty());
        }
        if (early.state() != EarlyDialog.State.OFFERED || early.local().isPresent()) {
            description = Optional.empty(); // it has answered before: nothing else counts (RFC 3261 §13.2.1)
        }
        if (preview.isEmpty()) {
            preview = description;
        }
        if (reliable) {
            description.ifPresent(answer -> early.heard(answer, EarlyDialog.State.AGREED));
            early.acknowledge(response, Optional.empty(), now);
        }
        return new Heard(true, description);
    }

    private static OptionalLong number(Response response) {
        String text = response.value(HeaderName.RSEQ).orElse("");
        return text.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The answer to an offer in a provisional response goes into its PRACK (RFC 3262 §5); one that cannot be is no call. */
    private final class Acknowledgement implements EarlyDialog.Question {
        private final Response response;

        Acknowledgement(Response response) {
            this.response = response;
        }

        @Override
        public void accept(SessionDescription answer, long now) {
            early.acknowledge(response, Optional.of(answer), now);
        }

        @Override
        public void refuse(int status, long now) {
            early.withdrawn(EarlyDialog.State.SILENT);
        }
    }
}
