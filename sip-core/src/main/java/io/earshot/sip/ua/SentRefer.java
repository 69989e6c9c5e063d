package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.Locale;
import java.util.Optional;

/** A REFER of ours, from sending it to the outcome that NOTIFYs tell (RFC 3515 §2.4). */
final class SentRefer implements ClientRequest.Handler {
    /** How long a subscription without Expires is believed in, and the most for one with it. */
    private static final long USUAL = 180;
    private static final long MOST = 3_600;

    private final Context context;
    private final ReferTable table;
    private final TransferId id;
    private final String callId;
    private final String localTag;
    private ClientRequest request;
    private long sequence = -1;
    private boolean accepted;
    private boolean over;
    private Agenda.Entry patience = Agenda.Entry.NONE;
    private Optional<SipFrag> heard = Optional.empty();

    SentRefer(Context context, ReferTable table, TransferId id, String callId, String localTag) {
        this.context = context;
        this.table = table;
        this.id = id;
        this.callId = callId;
        this.localTag = localTag;
    }

    void start(ClientRequest sent) {
        request = sent;
    }

    /** Tells whether a NOTIFY is within the dialog of this REFER. */
    boolean isIn(Request notify) {
        return notify.callId().equals(callId) && notify.to().tag().orElse("").equals(localTag);
    }

    boolean isCalled(String eventId) {
        return request != null && eventId.equals(Long.toString(request.sent().cseq().number()));
    }

    /** Tells whether a NOTIFY is later than those before (RFC 3261 §12.2.2). */
    boolean isNew(Request notify) {
        boolean later = notify.cseq().number() > sequence;
        sequence = Math.max(sequence, notify.cseq().number());
        return later;
    }

    @Override
    public void onFinal(ClientRequest sent, Response response, long now) {
        if (over) {
            return;
        }
        if (!response.isSuccess()) {
            fail(Failures.of(response));
            return;
        }
        accept();
        boolean silent = response.value(HeaderName.REFER_SUB).orElse("").strip().equalsIgnoreCase("false");
        if (silent) {
            done(new SipFrag(202, response.reasonPhrase()));
        } else if (patience == Agenda.Entry.NONE) {
            expect(context.lifetime(), now);
        }
    }

    private void accept() {
        if (!accepted) {
            accepted = true;
            context.emit(new TransferEvent.Accepted(id));
        }
    }

    @Override
    public void onFailure(ClientRequest sent, Failure failure, long now) {
        if (!over && !accepted) {
            fail(failure);
        }
    }

    /** A NOTIFY, which may be here before the answer to the REFER (RFC 6665 §4.1.2.4). */
    void onNotify(Request notify, long now) {
        accept();
        String state = notify.value(HeaderName.SUBSCRIPTION_STATE).orElse("active");
        int end = state.indexOf(';');
        String word = (end < 0 ? state : state.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        Optional<SipFrag> told = SipFrag.read(notify);
        if (told.isPresent() && told.get().isFinal()) {
            finish(told.get());
        } else {
            told.filter(frag -> !heard.equals(told)).ifPresent(frag ->
                context.emit(new TransferEvent.Progress(id, frag.status(), frag.reason())));
            heard = told.or(() -> heard);
            if (word.equals("terminated")) {
                fail(new Failure.ProtocolError("The other side stopped telling how the transfer goes"
                    + heard.map(frag -> ", after " + frag.status() + " " + frag.reason()).orElse("")));
            } else {
                expect(seconds(end < 0 ? "" : state.substring(end)) * Ticker.SECOND + context.lifetime(), now);
            }
        }
    }

    private static long seconds(String parameters) {
        try {
            long value = Failures.leadingNumber(Parameters.parse(parameters).get("expires").orElse("")).orElse(USUAL);
            return Math.min(value, MOST);
        } catch (IllegalArgumentException malformed) {
            return USUAL;
        }
    }

    private void expect(long within, long now) {
        context.agenda.cancel(patience);
        patience = context.agenda.at(now + within, then ->
            fail(new Failure.TimedOut("The other side agreed to the transfer, but never told what came of it")));
    }

    private void finish(SipFrag frag) {
        if (frag.isSuccess()) {
            done(frag);
        } else {
            fail(new Failure.Rejected(frag.status(), frag.reason(), java.util.OptionalLong.empty(), Optional.empty()));
        }
    }

    private void done(SipFrag frag) {
        close();
        context.emit(new TransferEvent.Done(id, frag.status(), frag.reason()));
    }

    private void fail(Failure cause) {
        close();
        context.emit(new TransferEvent.Failed(id, cause));
    }

    private void close() {
        over = true;
        context.agenda.cancel(patience);
        table.remove(this);
    }
}
