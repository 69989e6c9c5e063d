package io.earshot.examples;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.audio.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An answering machine: takes every call, beeps, records both sides for a while, hangs up. */
public final class AnswerAndRecord {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private AnswerAndRecord() {
    }

    /** Arguments: our address, our password, the folder for recordings, how many calls to take. */
    public static void main(String[] arguments) {
        try (Phone phone = Phone.builder().open()) {
            Account account = phone.register(AccountConfig.of(arguments[0], arguments[1]));
            int calls = Integer.parseInt(arguments[3]);
            CompletableFuture<Call> last = new CompletableFuture<>();
            account.onCall(incoming -> {
                Call call = take(incoming, Path.of(arguments[2]));
                if (call.id() == calls) {
                    last.complete(call);
                }
            });
            System.out.println(account.address() + " is listening on " + phone.listeningOn());
            last.join().awaitEnd();
        }
    }

    private static Call take(IncomingCall incoming, Path folder) {
        Call call = incoming.answer();
        call.onEvent(AnswerAndRecord::print);
        call.audio().record(folder.resolve("call-" + call.id() + ".wav"));
        var beep = call.audio().play(Tone.of(1000));
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(beep::close);
        call.ended().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            call.hangup();
            return null;
        });
        return call;
    }

    private static void print(CallEvent event) {
        System.out.println(event);
    }
}
