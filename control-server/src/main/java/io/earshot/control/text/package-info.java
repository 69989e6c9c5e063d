/**
 * Requests and answers as text, in every dialect of the classic socket API. Pure: no sockets, no threads, no clock, and nothing thrown for
 * what strangers send.
 */
package io.earshot.control.text;
