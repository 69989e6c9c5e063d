/** The rules that calls are taken and made by, as pure functions. */
package io.earshot.sdk.internal.rules;
