package io.earshot.sdk.classic;

/** Who speaks how loudly (VAD). */
final class ClassicVoices {
    String asked(int line) {
        return "";
    }
}
