/** Encryption in offers and answers: policies, the attributes of SDP, and what they come to. */
package io.earshot.sdk.internal.secure;
