// Words that a name may not be, per language. Sources: the C++20 draft [lex.key], ECMA-262 §12.7.2 with strict mode and
// TypeScript's own, R's ?Reserved, Microsoft's "Naming Files, Paths, and Namespaces".

const cpp = `
  alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl
  concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do
  double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace
  new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return
  short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef
  typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq`;

const typescript = `
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof undefined var void while with yield`;

const r = `
  if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_complex_
  NA_character_ in`;

const windowsDevices = `con prn aux nul conin$ conout$ com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
  lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9`;

/** What the headers of every unit make something else of. */
const cppMacros =
  "NULL EOF NAN INFINITY HUGE_VAL errno assert stdin stdout stderr offsetof va_arg va_copy va_end va_start";

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

export const reservedWords = {
  cpp: words(cpp),
  typescript: words(typescript),
  r: words(r),
} as const;

const macros = words(cppMacros);

/** Whether C++ reads another thing than a name in it. */
export function isNoCppName(name: string): boolean {
  return reservedWords.cpp.has(name) || macros.has(name);
}

const devices = words(windowsDevices);

/** Whether Windows keeps this file name for a device, whatever its case and extension: `con`, `NUL.txt`. */
export function isWindowsDevice(name: string): boolean {
  return devices.has((name.split(".")[0] ?? "").toLowerCase());
}

/** `name`, or `name_` where the language reserves it. */
export function mendReserved(name: string, language: keyof typeof reservedWords): string {
  return reservedWords[language].has(name) ? `${name}_` : name;
}
