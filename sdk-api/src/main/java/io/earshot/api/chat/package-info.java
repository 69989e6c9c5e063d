/**
 * Instant messages: {@link io.earshot.api.chat.Messages} of an account, {@link io.earshot.api.chat.CallMessages} of a call.
 *
 * <p>What becomes of them comes as {@link io.earshot.api.chat.MessageEvent}s. No parameter or result is {@code null}; everything may be
 * called from any thread.
 */
package io.earshot.api.chat;
