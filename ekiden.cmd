@echo off
rem ekiden COMMAND ...: finds a JDK 25, builds on first use, runs the jar. The same as the file ekiden, for Windows.
rem What was not tried is listed in docs\windows.md.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
if "%HERE:~-1%"=="\" set "HERE=%HERE:~0,-1%"
set "TARGET=%HERE%\target"
rem The same flags as in the file ekiden; the cache is valid only for the flags it was recorded with.
set "FLAGS=-XX:+UseSerialGC -Xmx192m --enable-native-access=ALL-UNNAMED -XX:Tier3DelayOn=0 -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000"
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
if /i "%~1"=="help" set "USE=words"
if /i "%~1"=="explain" set "USE=words"
if "%~1 %~2"=="mail wait" set "USE=wait"
call :wordsonly %*
rem The caches belong to one jar; the virtual machine itself does not look whether the jar has changed since.
call :jarstamp
set "TRAINED="
if exist "%TARGET%\ekiden.aot.of" set /p TRAINED=<"%TARGET%\ekiden.aot.of"
if not "%TRAINED%"=="%STAMP%" call :wordsonly
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
>"%TARGET%\ekiden.aot.of" echo %STAMP%
set "TRAINED=%STAMP%"
exit /b 0

rem Runs what follows the name and leaves the cache of that name; none where that failed.
:record
"%JDK%\bin\java.exe" %FLAGS% -XX:AOTCacheOutput="%TARGET%\%1.aot" -Xlog:disable %2 %3 %4 %5 %6 >"%TARGET%\train.log" 2>&1
if errorlevel 1 del "%TARGET%\%1.aot" 2>nul
exit /b 0
