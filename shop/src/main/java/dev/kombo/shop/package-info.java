/**
 * What a shop tries before it runs Kombo, and beside it: its own files, a demo, a simulated shop, a plan for an
 * experiment. No part of the service. This package itself has only what several others use: files of JSON, and the
 * progress of long work.
 */
package dev.kombo.shop;
