@echo off
rem ekiden COMMAND ...: finds a JDK 25, builds on first use, runs the jar. The same as the file ekiden, for Windows.
rem What was not tried is listed in docs\windows.md.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
if "%HERE:~-1%"=="\" set "HERE=%HERE:~0,-1%"
set "TARGET=%HERE%\target"
rem The same flags as in the file ekiden; the cache is valid only for the flags it was recorded with.
set "FLAGS=-XX:+UseSerialGC -Xmx192m --enable-native-access=ALL-UNNAMED -Djdk.virtualThreadScheduler.maxPoolSize=16 -XX:Tier3DelayOn=0 -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000"
rem The loops through which every byte of a mail goes, see the file ekiden.
set "FLAGS=%FLAGS% -XX:CompileCommand=quiet"
for %%L in (
    ekiden.mail.mime.Window::find ekiden.mail.mime.SizeCounter::sum
    ekiden.mail.mime.Base64Decoder::feed ekiden.mail.mime.Base64Decoder::groups ekiden.mail.mime.Base64Decoder::one
    ekiden.mail.mime.TextDecoder::kind ekiden.json.PlainJson::piece
    sun.security.provider.DigestBase::implCompressMultiBlock sun.security.provider.DigestBase::implCompressMultiBlock0
) do call set "FLAGS=%%FLAGS%% -XX:CompileCommand=CompileThresholdScaling,%%L,0.02"
for %%L in (
    sun.security.provider.SHA2::implCompress java.util.Base64$Decoder::decode0
) do call set "FLAGS=%%FLAGS%% -XX:CompileCommand=CompileThresholdScaling,%%L,0.0005"
set "JDK="

call :findjdk
if not defined JDK goto nojdk

if exist "%TARGET%\building" goto build
if exist "%TARGET%\ekiden.jar" goto cache

:build
where mvn >nul 2>nul || goto nomaven
if not exist "%TARGET%" mkdir "%TARGET%"
rem The folder is the lock: making it is one step, so that of two starts one builds and the other waits.
mkdir "%TARGET%\build.lock.d" 2>nul || goto waitbuild
>"%TARGET%\building" echo building
>&2 echo ekiden: building, once (libraries come from Maven Central or your mirror; the first time takes a minute or two)
set "JAVA_HOME=%JDK%"
pushd "%HERE%"
call mvn -B -ntp -Dquick -Dmaven.test.skip=true package 1>&2
set "BUILD=%ERRORLEVEL%"
popd
if not "%BUILD%"=="0" goto buildfailed
if not exist "%TARGET%\ekiden.jar" goto buildfailed
del "%TARGET%\building"
del "%TARGET%\*.aot" "%TARGET%\ekiden.aot.of" 2>nul
rmdir "%TARGET%\build.lock.d"

:cache
rem Which of the recorded caches: the more is in it, the longer a start takes that does not need it.
set "USE=run"
if "%~1"=="" set "USE=words"
if "%~1"=="help" set "USE=words"
if "%~1"=="explain" set "USE=words"
if "%~1 %~2"=="mail wait" set "USE=wait"
if "%~1 %~2"=="mail send" set "USE=send"
rem What is large in a mail is its text: less room, and most of it not for what is young.
set "ROOM="
if "%~1 %~2"=="mail read" set "ROOM=-Xmx120m -Xmn8m"
call :wordsonly %*
rem The caches belong to one jar; the virtual machine itself does not look whether the jar has changed since.
call :jarstamp
set "TRAINED="
if exist "%TARGET%\ekiden.aot.of" set /p TRAINED=<"%TARGET%\ekiden.aot.of"
if not "%TRAINED%"=="%STAMP%" call :train
set "CACHE="
if exist "%TARGET%\%USE%.aot" if "%TRAINED%"=="%STAMP%" set "CACHE=-XX:AOTCache="%TARGET%\%USE%.aot""
"%JDK%\bin\java.exe" %FLAGS% %ROOM% -Xlog:disable %EKIDEN_JAVA_FLAGS% %CACHE% -jar "%TARGET%\ekiden.jar" %*
exit /b %ERRORLEVEL%

:waitbuild
>&2 echo ekiden: another start is building; waiting for it (where none is, remove "%TARGET%\build.lock.d")
set /a WAITED=0
:waitmore
if not exist "%TARGET%\build.lock.d" goto waited
set /a WAITED+=1
if %WAITED% GEQ 1800 goto waitedlong
ping -n 2 127.0.0.1 >nul
goto waitmore
:waited
if exist "%TARGET%\building" goto build
if exist "%TARGET%\ekiden.jar" goto cache
goto build
:waitedlong
>&2 echo ekiden: waited 1800 s for another build
>&2 echo   Next: end it; where none is running, remove "%TARGET%\build.lock.d"
exit /b 7

:buildfailed
rmdir "%TARGET%\build.lock.d"
>&2 echo ekiden: the build failed
>&2 echo   Next: see the lines above; without a network Maven needs the libraries in its local repository
exit /b 7

:nomaven
>&2 echo ekiden: Maven (mvn) is needed to build and was not found on the PATH
>&2 echo   Next: install it from https://maven.apache.org and add its folder bin to the PATH
exit /b 7

:nojdk
>&2 echo ekiden: no JDK of version 25 or newer was found.
if defined JAVA_HOME >&2 echo   JAVA_HOME=%JAVA_HOME% is not one.
>&2 echo   Looked at: JAVA_HOME, java on the PATH, Java folders under Program Files, .jdks in the user's folder.
>&2 echo   Next: install one, for example Eclipse Temurin 25 (https://adoptium.net), or set JAVA_HOME to its folder.
exit /b 7

:findjdk
if defined JAVA_HOME call :try "%JAVA_HOME%"
if defined JDK exit /b 0
for /f "delims=" %%J in ('where java 2^>nul') do if not defined JDK for %%B in ("%%~dpJ..") do call :try "%%~fB"
if defined JDK exit /b 0
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%ProgramFiles%\Semeru" "%LOCALAPPDATA%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do if exist "%%~R" for /d %%D in ("%%~R\*") do if not defined JDK call :try "%%~D"
exit /b 0

rem Takes the folder as JDK when its file "release" names version 25 or newer.
:try
if not exist "%~1\bin\javac.exe" exit /b 1
if not exist "%~1\release" exit /b 1
set "VERSION="
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("%VERSION%") do set "VERSION=%%M"
if not defined VERSION exit /b 1
if %VERSION% GEQ 25 set "JDK=%~1"
exit /b 0

rem Size and time of the jar.
:jarstamp
for %%F in ("%TARGET%\ekiden.jar") do set "STAMP=%%~zF %%~tF"
exit /b 0

:wordsonly
if "%~1"=="" exit /b 0
for %%W in (--help -h --version) do if "%~1"=="%%W" set "USE=words"
shift
goto wordsonly

:train
>&2 echo ekiden: preparing a faster start, once
del "%TARGET%\*.aot" "%TARGET%\ekiden.aot.of" 2>nul
call :record run -jar "%TARGET%\ekiden.jar" quickstart --exit
call :record words -jar "%TARGET%\ekiden.jar" --help
rmdir /s /q "%TARGET%\training" 2>nul
mkdir "%TARGET%\training"
call :record wait -cp "%TARGET%\ekiden.jar" ekiden.main.WaitTraining "%TARGET%\training"
rmdir /s /q "%TARGET%\training"
mkdir "%TARGET%\training"
call :record send -cp "%TARGET%\ekiden.jar" ekiden.main.SendTraining "%TARGET%\training"
rmdir /s /q "%TARGET%\training"
>"%TARGET%\ekiden.aot.of" echo %STAMP%
set "TRAINED=%STAMP%"
exit /b 0

rem Runs what follows the name and leaves the cache of that name; none where that failed. Compiled plainly, as src\main\sh\build.sh explains.
:record
set "PLAIN=-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.02 -XX:CompileCommand=quiet"
set "NOT=-XX:CompileCommand=exclude"
set "PLAIN=%PLAIN% %NOT%,sun.security.provider.SHA2::* %NOT%,sun.security.provider.SHA2$*::* %NOT%,sun.security.provider.DigestBase::*"
set "PLAIN=%PLAIN% %NOT%,sun.security.provider.ByteArrayAccess*::* %NOT%,java.util.Base64$Decoder::decode*"
set "PLAIN=%PLAIN% %NOT%,java.lang.StringCoding::* %NOT%,java.lang.StringLatin1::indexOf*"
set "PLAIN=%PLAIN% %NOT%,ekiden.mail.mime.Base64*::* %NOT%,ekiden.mail.mime.SizeCounter::* %NOT%,ekiden.mail.mime.Window::*"
set "PLAIN=%PLAIN% %NOT%,ekiden.mail.mime.TextDecoder::kind %NOT%,ekiden.json.PlainJson::piece"
"%JDK%\bin\java.exe" %FLAGS% %PLAIN% -XX:AOTCacheOutput="%TARGET%\%1.aot" -Xlog:disable %2 %3 %4 %5 %6 >"%TARGET%\train.log" 2>&1
if errorlevel 1 del "%TARGET%\%1.aot" 2>nul
exit /b 0
