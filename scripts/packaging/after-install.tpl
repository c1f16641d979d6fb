#!/bin/sh
# Run by dpkg as root after the files are in place. electron-builder fills in the names.
folder='/opt/${sanitizedProductName}'
name='${executable}'

if command -v update-alternatives >/dev/null; then
  update-alternatives --install "/usr/bin/$name" "$name" "$folder/$name" 100
else
  ln -sf "$folder/$name" "/usr/bin/$name"
fi

# The windows' sandbox is made of namespaces. Where the system lets its users make them Chromium does
# so itself and leaves this helper alone; where it does not, nothing else can. Whether it will is not
# to be found out here: root may always make them, and the setting can change tomorrow.
chown root:root "$folder/chrome-sandbox"
chmod 4755 "$folder/chrome-sandbox"

# Ubuntu lets those programs make them that have a profile saying so.
profile="$folder/resources/apparmor-profile"
if [ -f "$profile" ] && command -v apparmor_parser >/dev/null &&
  apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  cp "$profile" "/etc/apparmor.d/$name"
  apparmor_parser --replace --write-cache --skip-read-cache "/etc/apparmor.d/$name" 2>/dev/null || true
fi

if command -v update-mime-database >/dev/null; then
  update-mime-database /usr/share/mime || true
fi
if command -v update-desktop-database >/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
exit 0
