// A value once somebody has stopped typing: searches ask then, not at each letter.
import { useEffect, useState } from 'react';

const quietMs = 180;

export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
