/**
 * The classic entry point: {@code new webphone()}, functions {@code API_…}. Programs written for that interface compile and run unchanged.
 * A thin layer over {@link io.earshot.sdk.classic.ClassicFunctions}; new programs do better with {@link io.earshot.api.Phone}.
 */
package webphone;
