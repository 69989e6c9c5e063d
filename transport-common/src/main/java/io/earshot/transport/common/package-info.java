/** Routes, bind failures, certificates and the sentences about them. Nothing here has state that two threads share unless it says so. */
package io.earshot.transport.common;
