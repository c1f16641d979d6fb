throw new Error('A module that needs Electron was loaded outside it: test it in test/e2e')
