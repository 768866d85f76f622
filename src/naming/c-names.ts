/**
 * Names that the C library and the compiler put at global scope: `namespace time {}` does not compile after <ctime>.
 * Collected by compiling `namespace x {}` behind the headers that ATen brings in; twins in f, l and 64 left out.
 */
export const cNames: ReadonlySet<string> = new Set(
  `
  a64l abort abs access acct acos acosh adjoint alarm alloca arc4random asctime asin asinh assert atan atan2
  atanh atexit atoi atol basename bcmp bcopy bindtextdomain brk bsearch btowc bzero calloc canonicalize cbrt ceil
  chdir chmod chown chroot clearenv clearerr clock clone close closefrom confstr conj copysign cos cosh creat
  crypt ctermid ctime cuserid daddl daemon daylight dcgettext dcngettext ddivl dfmal dgettext difftime div dladdr
  dladdr1 dlclose dlerror dlinfo dlmopen dlopen dlsym dlvsym dmull dngettext drand48 drem dsqrtl dsubl dup dup2
  dup3 duplocale dysize eaccess ecvt endusershell enums environ erand48 erf erfc errno euidaccess execl execle
  execlp execv execve execveat execvp execvpe exit exp exp10 exp2 expm1 fabs faccessat fadd fallocate far fchdir
  fchmod fchmodat fchown fchownat fclose fcloseall fcntl fcvt fdatasync fdim fdiv fdopen ferror fexecve fflush
  ffma ffs fgetc fgetpos fgets fgetwc fgetws fileno finite flock flockfile floor fma fmax fmaximum fmaxmag
  fmemopen fmin fminimum fminmag fmod fmul fopen fopencookie fork fprintf fputc fputs fputwc fputws fread free
  freelocale freopen frexp fromfp fromfpx fseek fseeko fsetpos fsqrt fstat fstatat fsub fsync ftell ftello
  ftruncate ftrylockfile funlockfile futimens fwide fwrite gamma gcvt getc getchar getcpu getcwd getdate getdelim
  getdomainname getdtablesize getegid getentropy getenv geteuid getgid getgroups gethostid gethostname getline
  getloadavg getlogin getopt getpagesize getpass getpayload getpgid getpgrp getpid getppid getpt getresgid
  getresuid getsid getsubopt gettext gettid getuid getumask getusershell getw getwc getwchar getwd gmtime grantpt
  gsignal hyper hypot ilogb imaxabs imaxdiv index initstate interface iovec isalnum isalpha isascii isatty
  isblank iscanonical iscntrl isctype isdigit iseqsig isgraph isinfl islower isnan isprint ispunct issignaling
  isspace isupper iswalnum iswalpha iswblank iswcntrl iswctype iswdigit iswgraph iswlower iswprint iswpunct
  iswspace iswupper iswxdigit isxdigit iszero itimerspec j0 j1 jn jrand48 kill killpg l64a labs lchmod lchown
  lcong48 lconv ldexp ldiv lgamma link linkat linux llabs lldiv llogb llrint llround localeconv localtime log
  log10 log1p log2 logb longjmp lrand48 lrint lround lseek lstat main malloc mblen mbrlen mbrtowc mbsinit
  mbsnrtowcs mbsrtowcs mbstowcs mbtowc memccpy memchr memcmp memcpy memfrob memmem memmove mempcpy memrchr memset
  mkdir mkdirat mkdtemp mkfifo mkfifoat mknod mknodat mkostemp mkostemps mkstemp mkstemps mktemp mktime modf
  mrand48 nan nanosleep near nearbyint newlocale nextafter nextdown nexttoward nextup ngettext nice nrand48
  obstack open openat optarg opterr optind optopt pause pclose perror pipe pipe2 popen pow pread printf profil
  pselect psiginfo psignal ptsname putc putchar putenv puts putw putwc putwchar pwrite qecvt qfcvt qgcvt qsort
  raise rand random rawmemchr read readahead readlink readlinkat realloc reallocarray realpath remainder remove
  remquo rename renameat renameat2 revoke rewind rindex rint rmdir round roundeven rpmatch rusage sbrk scalb
  scalbln scalbn scanf seed48 select setbuf setbuffer setdomainname setegid setenv seteuid setgid sethostid
  sethostname setjmp setlocale setlogin setns setpayload setpayloadsig setpgid setpgrp setregid setresgid
  setresuid setreuid setsid setstate setuid setusershell sigaction sigaddset sigaltstack sigandset sigblock
  sigcontext sigdelset sigemptyset sigevent sigfillset siggetmask sighold sigignore siginterrupt sigisemptyset
  sigismember siglongjmp signal signbit signgam significand sigorset sigpause sigpending sigprocmask sigqueue
  sigrelse sigreturn sigset sigsetmask sigstack sigsuspend sigtimedwait sigval sigwait sigwaitinfo sin sincos
  sinh sleep small snprintf splice sprintf sqrt srand srand48 srandom ssignal stat statx stderr stdin stdout
  stpcpy stpncpy strcasecmp strcasestr strcat strchr strchrnul strcmp strcoll strcpy strcspn strdup strerror
  strfromd strfroml strfry strftime strlen strncasecmp strncat strncmp strncpy strndup strnlen strpbrk strptime
  strrchr strsep strsignal strspn strstr strtod strtoimax strtok strtol strtold strtoq strtoul strtoumax strtouq
  strverscmp strxfrm swab symlink symlinkat sync syncfs syscall sysconf system tan tanh tcgetpgrp tcsetpgrp tee
  textdomain tgamma tgkill time timegm timelocal timespec timeval timex timezone tm tmpfile tmpnam toascii
  tolower totalorder totalordermag toupper towctrans towlower towupper trunc truncate ttyname ttyslot tzname
  tzset ualarm ufromfp ufromfpx uint ulong umask ungetc ungetwc unix unlink unlinkat unlockpt unsetenv unshare
  uselocale ushort usleep utimensat valloc vfork vhangup vmsplice wait wait3 wait4 waitid waitpid wcpcpy wcpncpy
  wcrtomb wcscasecmp wcscat wcschr wcschrnul wcscmp wcscoll wcscpy wcscspn wcsdup wcsftime wcslen wcsncasecmp
  wcsncat wcsncmp wcsncpy wcsnlen wcsnrtombs wcspbrk wcsrchr wcsrtombs wcsspn wcsstr wcstod wcstoimax wcstok
  wcstol wcstold wcstombs wcstoq wcstoul wcstoumax wcstouq wcswcs wcswidth wcsxfrm wctob wctomb wctrans wctype
  wcwidth wmemchr wmemcmp wmemcpy wmemmove wmempcpy wmemset write y0 y1 yn
`
    .trim()
    .split(/\s+/),
);
