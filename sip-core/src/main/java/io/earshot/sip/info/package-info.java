/** The bodies of INFO requests: digits in their two customary forms. What cannot be read is empty, never an exception. */
package io.earshot.sip.info;
