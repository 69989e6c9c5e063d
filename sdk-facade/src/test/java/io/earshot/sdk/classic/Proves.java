package io.earshot.sdk.classic;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test proves: functions as {@code API_Call}, rows of notifications as {@code status-line/CallSetup}; see docs/coverage.md. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Proves {
    /** Returns names. */
    String[] value();
}
