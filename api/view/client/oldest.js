// What Chrome 90 and Safari 14 lack of what the cryptography asks for; it stands first.
Object.hasOwn ??= (object, key) => Object.prototype.hasOwnProperty.call(object, key);
