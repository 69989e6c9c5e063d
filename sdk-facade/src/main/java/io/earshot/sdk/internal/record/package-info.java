/** Names of recordings, and the queue of those that are to be uploaded. */
package io.earshot.sdk.internal.record;
