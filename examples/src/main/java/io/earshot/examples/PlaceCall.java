package io.earshot.examples;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import java.nio.file.Path;

/** Registers, calls, plays a file to whoever answers, hangs up and prints the record: {@code sip:me@example.com secret bob hello.wav}. */
public final class PlaceCall {
    public static void main(String[] arguments) {
        try (Phone phone = Phone.builder().open()) {
            Call call = phone.register(AccountConfig.of(arguments[0], arguments[1])).dial(arguments[2]).awaitAnswer();
            call.audio().play(Path.of(arguments[3])).done().join();
            call.hangup();
            System.out.println(call.awaitEnd());
        }
    }
}
