package io.earshot.api;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocking views of futures. */
final class Waiting {
    private Waiting() {
    }

    static <T> T await(CompletableFuture<T> future, Duration timeout, String what) {
        Check.range(timeout, Duration.ZERO, Duration.ofDays(365), "timeout");
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new VoipException(new Failure.TimedOut(what + " within " + timeout.toMillis() + " ms."), late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof VoipException known ? known
                    : new VoipException(new Failure.Protocol(String.valueOf(failed.getCause())), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new VoipException(new Failure.Cancelled("Interrupted while waiting."), stop);
        }
    }
}
