package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A subscription in one dialog: refreshed before it ends, and ended (RFC 6665 §4.1.2.2 and §4.1.2.3). */
final class SubscriptionUsage implements ClientRequest.Handler {
    private static final long RETRY = 30 * Ticker.SECOND;
    /** Answers that say that there is no such dialog any more (RFC 5057 §5.1). */
    private static final Set<Integer> GONE = Set.of(404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604);

    private final Context context;
    private final Subscription subscription;
    private final Dialog dialog;
    private boolean confirmed;
    private boolean active;
    private boolean busy;
    private boolean stopped;
    private boolean farewell;
    private long expiresAt;
    private Agenda.Entry timer = Agenda.Entry.NONE;

    SubscriptionUsage(Context context, Subscription subscription, Dialog dialog) {
        this.context = context;
        this.subscription = subscription;
        this.dialog = dialog;
    }

    Dialog dialog() {
        return dialog;
    }

    /** Tells whether a NOTIFY has come. */
    boolean isConfirmed() {
        return confirmed;
    }

    boolean isActive() {
        return active;
    }

    /** Takes the life that an answer or a NOTIFY grants; never a longer one than was asked for (RFC 6665 §4.1.3). */
    void granted(long seconds, long now) {
        if (stopped || farewell) {
            return;
        }
        long life = Context.seconds(Math.max(1, Math.min(seconds, Math.max(1, subscription.expires()))));
        expiresAt = now + life;
        long delay = Math.min(context.between(life / 2, life / 10 * 9), Math.max(life - 5 * Ticker.SECOND, life / 2));
        schedule(now + delay);
    }

    void confirm(SubscriptionStateHeader state, long now) {
        confirmed = true;
        active = !state.isPending();
        if (subscription.expires() > 0) {
            state.expires().ifPresent(seconds -> granted(seconds, now));
        }
        if (timer == Agenda.Entry.NONE && !farewell) {
            granted(subscription.expires(), now); // NOTIFY before the 200
        }
    }

    private void schedule(long at) {
        context.agenda.cancel(timer);
        timer = context.agenda.at(at, subscription.expires() == 0 ? then -> { } : this::refresh);
    }

    void refresh(long now) {
        if (!stopped && !busy && !farewell) {
            context.agenda.cancel(timer);
            send(subscription.expires(), now);
        }
    }

    void leave(long now) {
        if (!farewell) {
            farewell = true;
            context.agenda.cancel(timer);
            if (!busy) {
                send(0, now);
            }
        }
    }

    /** Nothing of it happens any more. */
    void stop() {
        stopped = true;
        context.agenda.cancel(timer);
    }

    private void send(long seconds, long now) {
        busy = true;
        Request template = subscription.complete(Outgoing.inDialog(context, dialog, SipMethod.SUBSCRIBE), seconds);
        context.requests.send(new ClientRequest.Plan(template, dialog.nextHop(), Optional.of(subscription.account()),
            subscription::contacts, dialog::nextSequence), this, now);
    }

    @Override
    public void onFinal(ClientRequest request, Response response, long now) {
        busy = false;
        if (stopped) {
            return;
        }
        OptionalLong least = response.seconds(HeaderName.MIN_EXPIRES);
        boolean ending = farewell && request.sent().expires().orElse(1) == 0;
        if (ending) {
            bye(response.isSuccess(), now);
        } else if (farewell) {
            send(0, now);
        } else if (response.isSuccess()) {
            dialog.refreshTarget(response);
            granted(response.expires().orElse(subscription.expires()), now);
        } else if (response.status() == 423 && least.isPresent() && least.getAsLong() > subscription.expires()) {
            subscription.setExpires(least.getAsLong());
            refresh(now);
        } else if (GONE.contains(response.status())) {
            subscription.lost(this, Failures.of(response), now);
        } else {
            later(Failures.of(response), now);
        }
    }

    @Override
    public void onFailure(ClientRequest request, Failure failure, long now) {
        busy = false;
        if (stopped) {
            return;
        }
        if (farewell) {
            subscription.lost(this, failure, now);
        } else if (failure instanceof Failure.AuthenticationFailed) {
            subscription.lost(this, failure, now);
        } else {
            later(failure, now);
        }
    }

    /** The last NOTIFY follows the 200, or is waited for no longer than that of the first one. */
    private void bye(boolean accepted, long now) {
        Failure silent = new Failure.TimedOut("The last NOTIFY did not come");
        if (accepted) {
            timer = context.agenda.at(now + 8 * context.config.timers().t1(), then -> subscription.lost(this, silent, then));
        } else {
            subscription.lost(this, silent, now);
        }
    }

    /** The subscription is as good as before for as long as it was granted (RFC 6665 §4.1.2.2). */
    private void later(Failure failure, long now) {
        long next = now + context.between(RETRY / 2, RETRY);
        if (next < expiresAt) {
            schedule(next);
        } else {
            context.agenda.cancel(timer);
            timer = context.agenda.at(Math.max(now, expiresAt), then -> subscription.lost(this, failure, then));
        }
    }
}
