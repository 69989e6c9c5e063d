package io.earshot.sdk.internal.call;

import io.earshot.api.CallSecurity;
import io.earshot.sdk.internal.loop.Promise;
import java.util.concurrent.CompletableFuture;

/** The handle for the keys of one call. */
final class EngineSecurity implements CallSecurity {
    private final EngineContext context;
    private final CallSession session;
    private final EngineCall call;

    EngineSecurity(EngineContext context, CallSession session, EngineCall call) {
        this.context = context;
        this.session = session;
        this.call = call;
    }

    private Promise<Void> renew() {
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> session.renewKeys(promise));
        return promise;
    }

    @Override
    public void renewKeys() {
        renew().await();
    }

    @Override
    public CompletableFuture<Void> renewKeysAsync() {
        return renew().future();
    }

    @Override
    public void compared(boolean same) {
        call.media().compared(same);
    }
}
