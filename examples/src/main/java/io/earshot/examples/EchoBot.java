package io.earshot.examples;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import java.util.concurrent.CountDownLatch;

/** Says back what it hears, one second later: the shape of every voice bot, with a delay line where the clever part goes. */
public final class EchoBot {
    private static final int RATE = 8000;

    private EchoBot() {
    }

    /** Arguments: our address, our password, how many calls to serve. */
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch calls = new CountDownLatch(Integer.parseInt(arguments[2]));
        try (Phone phone = Phone.builder().open()) {
            phone.register(AccountConfig.of(arguments[0], arguments[1])).onCall(incoming -> {
                echo(incoming);
                calls.countDown();
            });
            calls.await();
        }
    }

    /** Runs on the application's executor until the call ends, which closes its ports. */
    private static void echo(IncomingCall incoming) {
        Call call = incoming.answer();
        PcmSink ear = call.audio().output(RATE);
        PcmSource mouth = call.audio().input(RATE);
        short[] frame = new short[RATE / 50];
        try {
            mouth.write(new short[RATE], 0, RATE);
            for (int got = ear.read(frame, 0, frame.length); got >= 0; got = ear.read(frame, 0, frame.length)) {
                mouth.write(frame, 0, got);
            }
        } catch (IllegalStateException closed) {
            System.out.println(call + " is over");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
