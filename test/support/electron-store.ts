/**
 * Import this before anything that loads `electron-store`. Outside Electron the package `electron` is
 * only the path of its binary, and asking for it would start a download.
 */
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '/nowhere'
