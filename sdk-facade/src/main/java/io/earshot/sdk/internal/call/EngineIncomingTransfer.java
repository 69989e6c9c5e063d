package io.earshot.sdk.internal.call;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.IncomingTransfer;
import io.earshot.api.VoipException;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.ua.TransferEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What programs hold of a transfer that a peer asks for. */
final class EngineIncomingTransfer implements IncomingTransfer {
    private final IncomingTransfers transfers;
    private final EngineAccount account;
    private final Optional<CallSession> session;
    private final TransferEvent.Received event;
    private final boolean attended;
    private final AtomicBoolean decided = new AtomicBoolean();

    EngineIncomingTransfer(IncomingTransfers transfers, EngineAccount account, Optional<CallSession> session, TransferEvent.Received event,
            boolean attended) {
        this.transfers = transfers;
        this.account = account;
        this.session = session;
        this.event = event;
        this.attended = attended;
    }

    TransferEvent.Received event() {
        return event;
    }

    Optional<CallSession> session() {
        return session;
    }

    EngineAccount engineAccount() {
        return account;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Optional<Call> call() {
        return session.map(CallSession::handle);
    }

    @Override
    public String target() {
        return event.target().toString();
    }

    @Override
    public boolean attended() {
        return attended;
    }

    @Override
    public Optional<String> referredBy() {
        return event.request().value(HeaderName.REFERRED_BY);
    }

    @Override
    public Call accept() {
        decide();
        return transfers.accept(this);
    }

    @Override
    public void reject(int status) {
        if (status < 400 || status > 699) {
            throw Addresses.bad("A transfer is refused with a status from 400 to 699, not " + status + ".");
        }
        decide();
        transfers.reject(this, status);
    }

    /** Refuses a transfer that the program's handler failed to deal with. */
    void abandon() {
        if (decided.compareAndSet(false, true)) {
            transfers.reject(this, 500);
        }
    }

    private void decide() {
        if (!decided.compareAndSet(false, true)) {
            throw new VoipException(new Failure.BadArgument("This transfer was already accepted or refused."));
        }
    }
}
